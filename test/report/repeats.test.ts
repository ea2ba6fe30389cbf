import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { foldMarked } from '../../src/report/fold-rollups.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { buildCall, buildConnection } from './build-calls.ts';

const caller = { caller_id: '+18185550143', campaign_name: 'Roofs', buyer_name: 'Acme' };
const [first, second] = ['2025-07-01T12:00:00Z', '2025-07-05T12:00:00Z'];

let db: TestDatabase['db'];
let drop: TestDatabase['drop'];
let earlier: string;
let later: string;

beforeAll(async () => {
  ({ db, drop } = await createTestDatabase());
});
afterAll(() => drop());

beforeEach(async () => {
  await sql`delete from call`.execute(db);
  const connection = await buildConnection(db);
  later = (await buildCall(db, connection, { ...caller, call_date: second })).id;
  await fold();
  expect(await isRepeat(later)).toBe(false);
  // comes late: the hour of the other call has been folded long before
  earlier = (await buildCall(db, connection, { ...caller, call_date: first })).id;
  await fold();
});

async function fold(): Promise<void> {
  while ((await foldMarked(db)).hours > 0);
}

async function isRepeat(id: string): Promise<boolean> {
  const { rows } = await sql<{ is_repeat: boolean }>`select is_repeat from call where id = ${id}`.execute(db);
  return rows[0]!.is_repeat;
}

test('a call becomes a repeat when an earlier one comes late, and the sums with it', async () => {
  expect(await isRepeat(later)).toBe(true);
  const { rows } = await sql<{ repeats: number }>`
    select sum(repeats)::int as repeats from rollup_day where dimension = 'all'`.execute(db);
  expect(rows).toEqual([{ repeats: 1 }]);
});

test.each([
  ['went to another buyer', sql`update call set buyer_name = 'Best'`],
  ['was of another campaign', sql`update call set campaign_name = 'Panels'`],
  ['was a test', sql`update call set is_test = true`],
  ['was by another caller', sql`update call set caller_id = '+18185550199'`],
  ['was by a caller who is erased', sql`update call set caller_id = null`],
  ['was later', sql`update call set call_date = '2025-07-06T12:00:00Z'`],
  ['was longer ago', sql`update call set call_date = '2025-05-01T12:00:00Z'`],
  ['is gone', sql`delete from call`],
])('and is none any more when the earlier one %s', async (_what, change) => {
  expect(await isRepeat(later)).toBe(true);
  await sql`${change} where id = ${earlier}`.execute(db);
  await fold();
  expect(await isRepeat(later)).toBe(false);
});
