import type { Command } from 'commander';
import type { ReplayBody } from '../../contract/replays.ts';
import { UserError } from '../../lib/user-error.ts';
import { findConnection } from '../find-connection.ts';
import { runReplayCommand } from '../run-replay-command.ts';
import { countOf } from './count-of.ts';
import { progressBar } from './progress-bar.ts';
import { readInstant } from './read-instant.ts';
import { untilStopped } from './until-stopped.ts';
import { print, withStore } from './with-store.ts';

type ReplayOptions = { connection?: string; from?: string; to?: string; dryRun?: boolean; json?: boolean };

/** `aria replay`. */
export function addReplayCommand(program: Command): void {
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
}

async function replay(options: ReplayOptions): Promise<void> {
  const range = { from: readInstant('--from', options.from), to: readInstant('--to', options.to) };
  const dryRun = options.dryRun ?? false;
  const bar = progressBar(process.stderr, 'events');
  return untilStopped((signal) =>
    withStore(async ({ db }) => {
      const connectionId = options.connection ? (await findConnection(db, options.connection)).id : null;
      const done = await runReplayCommand(
        db,
        { connectionId, ...range, dryRun },
        { onProgress: (now) => bar.show(shareOf(now), now.events), signal },
      ).finally(bar.end);
      tell(done, options.json);
    }),
  );
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
      `${countOf(events, 'event')} read again: ${changed} read otherwise than before, ${recovered} recovered from quarantine, ${countOf(calls, 'call')} rebuilt.`,
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
    ...(left > 0 ? [`… and ${countOf(left, 'more call')}.`] : []),
    `${countOf(preview.events, 'event')} read again: ${preview.changed} would be read otherwise than before, ${preview.recovered} recovered from quarantine; ${countOf(preview.changed_calls, 'call')} would change. Nothing was written.`,
  ];
}

function show(value: unknown): string {
  return value === null ? '(none)' : JSON.stringify(value);
}
