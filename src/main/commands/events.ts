import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { followEvents, type NewEvent } from '../../report/new-events.ts';
import { withStore } from './with-store.ts';

const lookMs = 500;

export function addEventCommands(program: Command): void {
  program
    .command('events')
    .description('what arrives')
    .command('tail')
    .description('follow new events, one line each with their warnings; Ctrl-C stops')
    .option('--connection <id>', 'only this connection')
    .option('--json', 'one JSON object a line')
    .action((options: { connection?: string; json?: boolean }) => tail(options));
}

async function tail(options: { connection?: string; json?: boolean }): Promise<void> {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // the reader went away, as in `aria events tail | head`
  process.stdout.on('error', stop);
  const look = () =>
    sleep(lookMs, undefined, { signal: stopping.signal }).then(
      () => true,
      () => false,
    );
  try {
    await withStore(async ({ db }) => {
      process.stderr.write('Waiting for events; Ctrl-C stops.\n');
      for await (const events of followEvents(db, options.connection ?? null, look)) {
        const lines = events.map((event) => (options.json ? JSON.stringify(toRecord(event)) : toLine(event)));
        process.stdout.write(`${lines.join('\n')}\n`);
      }
    });
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

function toRecord({ arrival, ...event }: NewEvent) {
  return { received_at: new Date(arrival / 1000).toISOString(), ...event };
}

function toLine(event: NewEvent): string {
  const parts = [
    new Date(event.arrival / 1000).toISOString(),
    event.status.padEnd(11),
    (event.kind ?? '-').padEnd(11),
    printable(event.connection_name),
    printable(event.call_instance_id ?? '(no call id)'),
    ...(event.is_test ? ['test'] : []),
    ...event.warnings.map(({ field, code }) => `${printable(field) || 'request'}:${code}`),
  ];
  return parts.join('  ');
}

/** Text from senders must not steer the terminal. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '\ufffd').slice(0, 100);
}
