import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReplayBody } from '../../src/contract/replays.ts';
import { getBreakdown as route } from '../../src/contract/reports.ts';
import { getBreakdown } from '../../src/report/breakdown.ts';
import { listCalls } from '../../src/report/call-list.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { replayed } from '../support/replayed.ts';
import { startWorld } from '../support/world.ts';
import { buildConnection } from './build-calls.ts';

let store: TestDatabase;
const year = { from: '2025-01-01', to: '2025-12-31', time_zone: 'UTC', compare: 'none' } as const;

beforeAll(async () => {
  store = await createTestDatabase();
  const connection = await buildConnection(store.db);
  const teams = ['North', 'North', 'South', 7, null];
  for (const [index, team] of teams.entries()) {
    const extra = team === null ? {} : { team, 'a=b': 'x' };
    await sql`
      insert into call (id, connection_id, call_instance_id, first_event_at, merged_rank, merged_arrival, revenue, extra)
      values (${`call_${index}`}, ${connection}, ${`i-${index}`}, '2025-07-07T18:00:00Z', 2, 1, 10,
        ${JSON.stringify(extra)}::jsonb)`.execute(store.db);
  }
});
afterAll(() => store.drop());

test('a field outside the contract is a dimension', async () => {
  const body = await getBreakdown(store.db, { ...year, by: 'extra.team' });
  expect(route.response.parse(body)).toEqual(body);
  expect(body.rows.map(({ key, label, values }) => [key, label, values.calls, values.revenue])).toEqual([
    ['North', 'North', 2, '20.00'],
    ['7', '7', 1, '10.00'],
    ['South', 'South', 1, '10.00'],
    [null, '(none)', 1, '10.00'],
  ]);
});

test('and a filter', async () => {
  const calls = async (extra: string) =>
    (await listCalls(store.db, { ...year, extra, limit: 50 })).items.length;
  expect(await calls('team=North')).toBe(2);
  expect(await calls('team=(none)')).toBe(1);
  expect(await calls('team=7')).toBe(1);
  const body = await getBreakdown(store.db, { ...year, by: 'extra.team', extra: 'team=South' });
  expect(body.rows.map(({ key }) => key)).toEqual(['South']);
});

test('a name that cannot be is refused, saying what can', async () => {
  expect(route.query.safeParse({ by: 'extra.' }).error?.message).toContain('extra.<name>');
  expect(route.query.safeParse({ by: 'team' }).error?.message).toContain('publisher');
  expect(route.query.safeParse({ extra: 'team' }).error?.message).toContain('name=value');
  await expect(getBreakdown(store.db, { ...year, by: 'extra.a\0b' })).rejects.toThrow('NUL');
});

test('from the webhook to the report: a mapped name, a breakdown over HTTP', async () => {
  const world = await startWorld({ roles: ['serve'] });
  try {
    const connection = await world.connect({ platform: 'generic' });
    await world.send(connection, { call_instance_id: 'a', 'Agent Team': 'North' });
    const path = `/v1/connections/${connection.connection_id}`;
    await world.api(`${path}/mapping`, { method: 'PUT', body: { aliases: { agent_team: 'extra.team' } } });
    await replayed(world, await world.api<ReplayBody>(`${path}/replay`, { body: { dry_run: false } }));
    const { rows } = await world.api<{ rows: { key: string }[] }>('/v1/reports/breakdown?by=extra.team');
    expect(rows.map(({ key }) => key)).toEqual(['North']);
    const { items } = await world.api<{ items: unknown[] }>('/v1/calls?extra=team%3DNorth');
    expect(items).toHaveLength(1);
  } finally {
    await world.stop();
  }
});
