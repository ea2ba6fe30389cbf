import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { duckdbMetrics } from '../../bench/reports/duckdb-metrics.ts';
import { allItems, openApi } from '../../demo/api.ts';
import type { DemoPlatform } from '../../demo/calls.ts';
import type { Account } from '../../demo/platforms/account.ts';
import { makeTraffic } from '../../demo/platforms/requests.ts';
import { sendRequests } from '../../demo/send-requests.ts';
import { listCalls } from '../../src/contract/calls.ts';
import { type Dimension, getBreakdown } from '../../src/contract/reports.ts';
import { foldMarked } from '../../src/report/fold-rollups.ts';
import { expectSame } from '../report/expect-same.ts';
import { judgeByRule } from '../report/judge-by-rule.ts';
import { callsSql } from '../report/recount-events-sql.ts';
import { startWorld, type World } from '../support/world.ts';
import { plainEvent } from './demo-events.ts';

const zones: Record<DemoPlatform, string> = {
  ringba: 'America/New_York',
  trackdrive: 'America/Chicago',
  retreaver: 'America/Los_Angeles',
};
const day = 86_400_000;

let aria: World;
let folder: string;
let duckdb: DuckDBConnection;
let period: { from: string; to: string; time_zone: string };

beforeAll(async () => {
  const now = new Date();
  aria = await startWorld({ roles: ['serve'] });
  const accounts: Partial<Record<DemoPlatform, Account>> = {};
  for (const platform of ['ringba', 'trackdrive', 'retreaver'] as const) {
    const timeZone = zones[platform];
    const made = await aria.connect({ name: platform, platform, time_zone: timeZone });
    const { connection_id: connectionId, api_key: apiKey } = made;
    accounts[platform] = { connectionId, apiKey, url: `${aria.url}/v1/events`, timeZone };
  }
  const all = accounts as Record<DemoPlatform, Account>;
  const { requests } = await makeTraffic(all, now, ({ sample }) => `https://r.example/${sample}`);
  await sendRequests(requests);
  await judgeByRule(aria.db);
  while ((await foldMarked(aria.db)).hours > 0);
  const date = (at: number) => new Date(at).toISOString().slice(0, 10);
  period = { from: date(now.getTime() - 8 * day), to: date(now.getTime() + day), time_zone: 'UTC' };

  folder = await mkdtemp(join(tmpdir(), 'aria-demo-recount-'));
  const headers = { authorization: `Bearer ${aria.key}` };
  const exported = await fetch(`${aria.url}/v1/events/export?format=ndjson`, { headers });
  const zoneOf = new Map(Object.values(all).map((account) => [account.connectionId, account.timeZone]));
  const lines = (await exported.text()).split('\n').filter(Boolean);
  const events = join(folder, 'events.ndjson');
  await writeFile(events, lines.map((line) => plainEvent(line, zoneOf)).join('\n'));
  const outcomes = join(folder, 'outcomes.ndjson');
  const calls = await allItems((query) => openApi(aria.url, aria.key)(listCalls, query));
  const judged = calls.filter((call) => call.outcome !== null);
  const told = judged.map(({ call_instance_id: call, outcome }) => JSON.stringify({ call, outcome }));
  await writeFile(outcomes, told.join('\n'));
  duckdb = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  await duckdb.run("set timezone = 'UTC'");
  for (const statement of callsSql({ events, outcomes })) await duckdb.run(statement);
}, 120_000);
afterAll(async () => {
  duckdb?.closeSync();
  await aria.stop();
  await rm(folder, { recursive: true, force: true });
});

async function counted(key: string | null): Promise<Record<string, unknown>[]> {
  const within = `call_at >= timestamp '${period.from}' at time zone 'UTC'`;
  const query = duckdbMetrics({ calls: 'calls', key, period: within });
  return (await duckdb.runAndReadAll(query)).getRowObjectsJson();
}

test('there are the calls that the platforms played, some of them judged', async () => {
  const [total] = await counted(null);
  expect(Number(total!['calls'])).toBe(28);
  expect(Number(total!['scored'])).toBeGreaterThan(9);
});

test.each(
  Object.entries({
    publisher: 'publisher_name',
    buyer: 'buyer_name',
    campaign: 'campaign_name',
    vertical: 'vertical',
    state: 'inbound_number_state',
    result: 'result',
    day: "strftime(call_at at time zone 'UTC', '%Y-%m-%d')",
    hour: "strftime(call_at at time zone 'UTC', '%H')",
  }) as [Dimension, string][],
)('by %s, every figure is what DuckDB counts from the events of the platforms', async (by, key) => {
  const body = await openApi(aria.url, aria.key)(getBreakdown, { by, ...period });
  const rows = await counted(key);
  expect(body.rows.map((row) => row.key).sort()).toEqual(rows.map((row) => row['key'] ?? null).sort());
  for (const row of body.rows)
    expectSame(row.values, rows.find((other) => (other['key'] ?? null) === row.key)!, `${by} ${row.key}`);
  expectSame(body.total, (await counted(null))[0]!, 'total');
});
