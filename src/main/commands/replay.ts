import type { Command } from 'commander';
import type { ReplayBody } from '../../contract/replays.ts';
import { failureAdvice } from '../../domain/failure.ts';
import { stageStates, stages } from '../../domain/stage.ts';
import { UserError } from '../../lib/user-error.ts';
import { rerunCall, rerunMatching } from '../../pipeline/rerun.ts';
import { findConnection } from '../find-connection.ts';
import { runReplayCommand } from '../run-replay-command.ts';
import { BadArgument } from './bad-argument.ts';
import { progressBar } from './progress-bar.ts';
import { print, withStore } from './with-store.ts';

type ReplayOptions = Range & { dryRun?: boolean };
type RerunOptions = Range & { stage: string; state?: string; code?: string; all?: boolean };
type Range = { connection?: string; from?: string; to?: string; json?: boolean };

export function addReplayCommands(program: Command): void {
  program
    .command('replay')
    .description(
      "read events again from their raw bytes with today's code and settings, and rebuild their calls",
    )
    .option('--connection <id>', 'only this connection: id or name')
    .option('--from <instant>', 'received at or after')
    .option('--to <instant>', 'received before')
    .option('--dry-run', 'only tell which calls would change, and how')
    .option('--json', 'print one JSON object')
    .action((options: ReplayOptions) => replay(options));

  program
    .command('rerun [call]')
    .description('run a stage, and all that follow it, again: of one call, or of all that match')
    .requiredOption('--stage <stage>', stages.join(', '))
    .option('--connection <id>', 'only this connection: id or name')
    .option('--state <state>', 'only calls whose stage is in this state, e.g. failed')
    .option('--code <code>', 'only calls whose stage failed with this code')
    .option('--from <instant>', 'calls at or after')
    .option('--to <instant>', 'calls before')
    .option('--all', 'every call, where nothing else says which')
    .option('--json', 'print one JSON object')
    .action((call: string | undefined, options: RerunOptions) => rerun(call, options));
}

async function replay(options: ReplayOptions): Promise<void> {
  const range = { from: readInstant('--from', options.from), to: readInstant('--to', options.to) };
  const dryRun = options.dryRun ?? false;
  const stopping = new AbortController();
  const stop = () => {
    // a second time: at once
    if (stopping.signal.aborted) process.exit(130);
    stopping.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const bar = progressBar(process.stderr, 'events');
  try {
    await withStore(async ({ db }) => {
      const connectionId = options.connection ? (await findConnection(db, options.connection)).id : null;
      const done = await runReplayCommand(
        db,
        { connectionId, ...range, dryRun },
        { onProgress: (now) => bar.show(shareOf(now), now.events), signal: stopping.signal },
      ).finally(bar.end);
      tell(done, options.json);
    });
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

/** A dry run compares calls once all events are read, which takes about as long. */
function shareOf({ dry_run, events, total, compared, calls }: ReplayBody): number {
  const read = total ? events / total : 0;
  if (!dry_run) return read;
  return read / 2 + (calls > 0 && read >= 1 ? compared / calls / 2 : 0);
}

function tell(done: ReplayBody, asJson: boolean | undefined): void {
  const { id, state, total, events, changed, recovered, calls, changed_calls, fields, changes } = done;
  if (state === 'failed') throw new UserError(done.detail ?? 'The replay failed.');
  const counts = { replay_id: id, state, events, changed, recovered, calls };
  if (state !== 'done') {
    process.exitCode = 130;
    const again =
      state === 'cancelled' ? '' : ' The same command goes on from here, and so does a running Aria.';
    print(asJson, counts, [`Stopped after ${events} of ${total ?? '?'} events.${again}`]);
  } else if (done.dry_run) {
    print(asJson, { ...counts, changed_calls, fields, changes }, describePreview(done));
  } else {
    print(asJson, counts, [
      `${events} events read again: ${changed} read otherwise than before, ${recovered} recovered from quarantine, ${calls} calls rebuilt.`,
    ]);
  }
}

function describePreview(preview: ReplayBody): string[] {
  const lines = preview.changes.flatMap(({ call_id, call_instance_id, change, fields }) => [
    `${call_id ?? 'a new call'} (${call_instance_id}) ${change}`,
    ...fields.map(({ field, before, after }) => `  ${field}: ${show(before)} → ${show(after)}`),
  ]);
  const left = preview.changed_calls - preview.changes.length;
  return [
    ...lines,
    ...(left > 0 ? [`… and ${left} more calls.`] : []),
    `${preview.events} events read again: ${preview.changed} would be read otherwise than before, ${preview.recovered} recovered from quarantine; ${preview.changed_calls} calls would change. Nothing was written.`,
  ];
}

function show(value: unknown): string {
  return value === null ? '(none)' : JSON.stringify(value);
}

function rerun(call: string | undefined, options: RerunOptions): Promise<void> {
  const stage = oneOf('--stage', options.stage, stages);
  const chosen = {
    ...(options.state !== undefined && { state: oneOf('--state', options.state, stageStates) }),
    ...(options.code !== undefined && { code: oneOf('--code', options.code, Object.keys(failureAdvice)) }),
    ...instants(options),
  };
  if (!call && !options.all && !options.connection && Object.keys(chosen).length === 0) {
    throw new BadArgument(
      'Say which calls: --state, --code, --connection, --from, --to, or a call. Really every call: --all',
    );
  }
  return withStore(async ({ db }) => {
    if (call) {
      if (!(await rerunCall(db, call, stage))) throw new BadArgument(`There is no call ${call}.`);
      return print(options.json, { calls: 1 }, [`${stage} of ${call} will run again.`]);
    }
    const connectionId = options.connection && (await findConnection(db, options.connection)).id;
    const calls = await rerunMatching(db, stage, { ...chosen, ...(connectionId && { connectionId }) });
    print(options.json, { calls }, [`${stage} will run again for ${calls} calls.`]);
  });
}

function oneOf<T extends string>(option: string, given: string, known: readonly T[]): T {
  if (!known.includes(given as T))
    throw new BadArgument(`${option}: ${given} is none of ${known.join(', ')}.`);
  return given as T;
}

function instants(options: Range): { from?: Date; to?: Date } {
  const [from, to] = [readInstant('--from', options.from), readInstant('--to', options.to)];
  return { ...(from && { from }), ...(to && { to }) };
}

function readInstant(option: string, text: string | undefined): Date | null {
  if (text === undefined) return null;
  const date = new Date(text);
  if (Number.isNaN(date.getTime()))
    throw new BadArgument(`${option}: ${text} is no date. Example: 2025-07-07T00:00:00Z`);
  return date;
}
