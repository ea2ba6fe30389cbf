import type { Command } from 'commander';
import { failureAdvice } from '../../domain/failure.ts';
import { stageStates, stages } from '../../domain/stage.ts';
import { mergeEvents } from '../../normalize/merge.ts';
import { rerunCall, rerunMatching } from '../../pipeline/rerun.ts';
import { listConnectionSettings } from '../../receive/connection-directory.ts';
import { previewReplay, type ReplayPreview } from '../../receive/preview-replay.ts';
import { replayEvents } from '../../receive/replay.ts';
import { findConnection } from '../find-connection.ts';
import { createNormalize } from '../normalize-for.ts';
import { BadArgument } from './bad-argument.ts';
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

function replay(options: ReplayOptions): Promise<void> {
  const range = { from: readInstant('--from', options.from), to: readInstant('--to', options.to) };
  return withStore(async ({ db }) => {
    const deps = { db, merge: mergeEvents, normalize: createNormalize() };
    const connections = await listConnectionSettings(db);
    const connectionId = options.connection ? (await findConnection(db, options.connection)).id : null;
    const filter = { connectionId, ...range };
    if (options.dryRun) {
      const preview = await previewReplay(connections, filter, deps);
      return print(options.json, preview, describePreview(preview));
    }
    const summary = await replayEvents(connections, filter, deps);
    print(options.json, summary, [
      `${summary.events} events read again: ${summary.changed} read otherwise than before, ${summary.recovered} recovered from quarantine, ${summary.calls} calls rebuilt.`,
    ]);
  });
}

function describePreview(preview: ReplayPreview): string[] {
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
