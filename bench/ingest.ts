import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { connectPool, openDatabase } from '../src/db/database.ts';
import { startEmbedded } from '../src/db/embedded/server.ts';
import { migrate } from '../src/db/migrate.ts';
import { createConnection } from '../src/receive/connection-store.ts';
import { documentedEvent } from './documented-event.ts';

/**
 * Durable accepted events per second beside a server that only parses and validates, and beside one statement
 * per request; fsync on, all in one run, round by round in turn, since the machine's speed drifts.
 */
const { values: options } = parseArgs({
  options: {
    connections: { type: 'string', default: '64' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
});
const connections = Number(options.connections);
const modes = ['floor', 'durable', 'one-by-one'] as const;
type Mode = (typeof modes)[number];
type Round = { rps: number; p50: number; p99: number; failed: number };

const folder = await mkdtemp(join(tmpdir(), 'aria-bench-'));
const postgres = await startEmbedded({ folder });
const children: ChildProcess[] = [];
try {
  const pool = connectPool(postgres.url, 2);
  const db = openDatabase(pool);
  await migrate(db);
  const key = await createConnection(db, {
    name: 'bench',
    platform: 'ringba',
    timeZone: 'America/New_York',
    currency: 'USD',
    defaultCountry: 'US',
    channelLayout: 'caller-agent',
    scorecard: null,
  });
  const rounds = new Map<Mode, Round[]>(modes.map((mode) => [mode, []]));
  const addresses = new Map<Mode, string>();
  for (const mode of modes) addresses.set(mode, await startServer(mode, postgres.url));

  for (let round = 0; round <= Number(options.rounds); round++) {
    for (const mode of modes) {
      const result = await load(addresses.get(mode)!, key, `${mode}-${round}`);
      // the first round warms up
      if (round > 0) rounds.get(mode)!.push(result);
    }
  }
  const { rows } = await pool.query('select count(*) as stored from event');
  report(rounds, rows[0].stored);
  await db.destroy();
} finally {
  for (const child of children) child.kill();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}

async function startServer(mode: Mode, url: string): Promise<string> {
  const child = fork(new URL('./ingest-server.ts', import.meta.url), [mode, url]);
  children.push(child);
  const [message] = (await once(child, 'message')) as [{ address: string }];
  return message.address;
}

async function load(
  address: string,
  key: { connectionId: string; apiKey: string },
  round: string,
): Promise<Round> {
  const body = JSON.stringify(documentedEvent(key, `${round}-[<id>]`));
  const result = await autocannon({
    url: `${address}/v1/events`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    idReplacement: true,
    connections,
    duration: Number(options.seconds),
  });
  const failed = result.non2xx + result.errors + result.timeouts;
  return { rps: result['2xx'] / result.duration, p50: result.latency.p50, p99: result.latency.p99, failed };
}

function median(numbers: number[]): number {
  return numbers.sort((a, b) => a - b)[numbers.length >> 1] ?? 0;
}

function report(rounds: Map<Mode, Round[]>, stored: number): void {
  const of = (mode: Mode, pick: (round: Round) => number) => median(rounds.get(mode)!.map(pick));
  const result = {
    connections,
    floor_rps: Math.round(of('floor', (r) => r.rps)),
    durable_rps: Math.round(of('durable', (r) => r.rps)),
    one_by_one_rps: Math.round(of('one-by-one', (r) => r.rps)),
    p50_ms: of('durable', (r) => r.p50),
    p99_ms: of('durable', (r) => r.p99),
    failed: [...rounds.values()].flat().reduce((sum, r) => sum + r.failed, 0),
    events_stored: stored,
    peers: {},
  };
  if (options.json) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return;
  }
  const ratio = (value: number) => `${(value / result.floor_rps).toFixed(2)} of the floor`;
  process.stdout.write(
    [
      `${connections} connections, median of ${options.rounds} rounds of ${options.seconds} s`,
      `parse and validate only   ${result.floor_rps} events/s`,
      `durable (group commit)    ${result.durable_rps} events/s   ${ratio(result.durable_rps)}   p50 ${result.p50_ms} ms, p99 ${result.p99_ms} ms`,
      `one statement a request   ${result.one_by_one_rps} events/s   ${ratio(result.one_by_one_rps)}`,
      `failed requests           ${result.failed}`,
      '',
    ].join('\n'),
  );
}
