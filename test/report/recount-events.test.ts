import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { duckdbMetrics } from '../../bench/reports/duckdb-metrics.ts';
import type { ConnectionSecretBody } from '../../src/contract/connections.ts';
import type { BreakdownBody } from '../../src/contract/reports.ts';
import { foldMarked } from '../../src/report/fold-rollups.ts';
import { startWorld, type World } from '../support/world.ts';
import { expectSame } from './expect-same.ts';
import { judgeByRule } from './judge-by-rule.ts';
import { eventsOf } from './recount-events-sent.ts';
import { callsSql } from './recount-events-sql.ts';

/**
 * Calls that are generated, sent as events over HTTP, exported again and counted a second time by DuckDB. Few in the
 * suite; `npm run test:recount` takes 100,000.
 */
const count = Number(process.env.RECOUNT_CALLS || 5_000);
/** Events of one request; the edge takes 500. */
const atOnce = 500;

let world: World;
let connection: ConnectionSecretBody;
let folder: string;
let duckdb: DuckDBConnection;

beforeAll(async () => {
  world = await startWorld({ roles: ['serve'] });
  connection = await world.connect();
  folder = await mkdtemp(join(tmpdir(), 'aria-recount-'));
  await sendAll();
  await judgeByRule(world.db);
  while ((await foldMarked(world.db)).hours > 0);

  const events = join(folder, 'events.ndjson');
  const response = await fetch(`${world.url}/v1/events/export?format=ndjson`, {
    headers: { authorization: `Bearer ${world.key}` },
  });
  await pipeline(Readable.fromWeb(response.body as never), createWriteStream(events));
  const outcomes = join(folder, 'outcomes.ndjson');
  const { rows } = await sql<{ line: string }>`
    select json_build_object('call', c.call_instance_id, 'outcome', e.outcome)::text as line
    from evaluation e join call c on c.id = e.call_id`.execute(world.db);
  await writeFile(outcomes, rows.map(({ line }) => line).join('\n'));
  duckdb = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
  await duckdb.run("set timezone = 'UTC'");
  for (const statement of callsSql({ events, outcomes })) await duckdb.run(statement);
}, 3_600_000);

afterAll(async () => {
  duckdb?.closeSync();
  await world.stop();
  await rm(folder, { recursive: true, force: true });
});

async function sendAll(): Promise<void> {
  let batch: Record<string, unknown>[] = [];
  const flush = async () => {
    const body = batch.map((event) => ({
      api_key: connection.api_key,
      connection_id: connection.connection_id,
      ...event,
    }));
    batch = [];
    const headers = { 'content-type': 'application/json' };
    for (;;) {
      const response = await fetch(`${world.url}/v1/events`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      });
      if (response.ok) return;
      // a busy machine says when to come again, and nothing of the request was stored
      if (response.status !== 503) throw new Error(`${response.status} ${await response.text()}`);
      await sleep(1000 * Number(response.headers.get('retry-after')));
    }
  };
  for (let n = 0; n < count; n++) {
    batch.push(...eventsOf(n));
    if (batch.length > atOnce - 4) await flush();
  }
  if (batch.length > 0) await flush();
}

const local = "(call_at at time zone 'America/New_York')";
const period = { from: '2025-09-20', to: '2025-12-10' };
const asked = {
  publisher: 'publisher_name',
  buyer: 'buyer_name',
  vertical: 'vertical',
  state: 'inbound_number_state',
  result: 'result',
  day: `strftime(${local}, '%Y-%m-%d')`,
  hour: `strftime(${local}, '%H')`,
  weekday: `isodow(${local})::varchar`,
  campaign: 'campaign_name',
} as const;
const within = `call_at >= timestamp '${period.from}' at time zone 'America/New_York'
  and call_at < timestamp '2025-12-11' at time zone 'America/New_York'`;
async function counted(key: string | null): Promise<Record<string, unknown>[]> {
  const query = duckdbMetrics({ calls: 'calls', key, period: within });
  return (await duckdb.runAndReadAll(query)).getRowObjectsJson();
}

test.each(Object.entries(asked))(
  'by %s, every figure is what DuckDB counts from the exported events',
  async (by, key) => {
    const query = new URLSearchParams({ by, ...period, time_zone: 'America/New_York' });
    const body = await world.api<BreakdownBody>(`/v1/reports/breakdown?${query}`);
    const rows = await counted(key);
    expect(body.rows.map((row) => row.key).sort()).toEqual(rows.map((row) => row['key'] ?? null).sort());
    for (const row of body.rows) {
      expectSame(row.values, rows.find((other) => (other['key'] ?? null) === row.key)!, `${by} ${row.key}`);
    }
    expectSame(body.total, (await counted(null))[0]!, 'total');
    expect(body.answered_from).toBe('rollups');
  },
);

test('all calls are there', async () => {
  const [total] = await counted(null);
  expect(Number(total!['calls'])).toBe(count);
});
