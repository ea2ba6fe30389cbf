import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { getBreakdown } from '../../src/report/breakdown.ts';
import { listCalls } from '../../src/report/call-list.ts';
import { getCoverage } from '../../src/report/coverage.ts';
import { listRepeatCallers } from '../../src/report/repeat-callers.ts';
import { getThresholdClustering } from '../../src/report/threshold-clustering.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { buildCall, buildConnection } from './build-calls.ts';

/** Two calls years apart, and one that is dated ahead of now, of the same caller; and a test call before all. */
let store: TestDatabase;
let db: Database;
const now = new Date('2025-07-07T12:00:00Z');
const all = { from: 'first', time_zone: 'UTC' };

beforeAll(async () => {
  store = await createTestDatabase();
  db = store.db;
  const connection = await buildConnection(db, { timeZone: 'America/New_York' });
  const pacific = await buildConnection(db, { timeZone: 'America/Los_Angeles' });
  const call = { caller_id: '+12125550001', connected_call_length: '61' };
  await buildCall(db, connection, {
    ...call,
    publisher_name: 'Test',
    first_event_at: '2009-01-01T12:00:00Z',
    is_test: true,
  });
  await buildCall(db, pacific, { ...call, publisher_name: 'A', first_event_at: '2012-03-04T05:30:00Z' });
  await buildCall(db, connection, { ...call, publisher_name: 'B', first_event_at: '2025-07-01T12:00:00Z' });
  await buildCall(db, connection, { ...call, publisher_name: 'C', first_event_at: '2025-07-09T12:00:00Z' });
});
afterAll(() => store.drop());

test('from the first call on, reports count every call, also one that is dated ahead', async () => {
  const report = await getBreakdown(db, { ...all, by: 'publisher', compare: 'none' }, now);
  expect(report).toMatchObject({ from: '2012-03-04', to: '2025-07-09', total: { calls: 3 } });
  expect(await getCoverage(db, all, now)).toMatchObject({ from: '2012-03-04', calls: 3 });
  expect(await getThresholdClustering(db, { ...all, within: 5 }, [], now)).toMatchObject({ unknown: 3 });
  const { items } = await listRepeatCallers(db, { ...all, limit: 10 }, now);
  expect(items).toMatchObject([{ calls: 3 }]);
});

test('days by day are those that had calls, and the same from rollups and from calls', async () => {
  const byDay = { ...all, by: 'day', compare: 'none' } as const;
  const report = await getBreakdown(db, byDay, now);
  expect(report.rows.map(({ key }) => key)).toEqual(['2012-03-04', '2025-07-01', '2025-07-09']);
  expect((await getBreakdown(db, byDay, now, false)).rows).toEqual(report.rows);
});

test('each by the clocks of its connection: the first day is the earliest of all', async () => {
  const report = await getBreakdown(
    db,
    { from: 'first', time_zone: 'connection', by: 'day', compare: 'none' },
    now,
  );
  expect(report.from).toBe('2012-03-03');
  expect(report.rows[0]).toMatchObject({ key: '2012-03-03' });
  expect(report.total).toMatchObject({ calls: 3 });
});

test('an end can be named, also before the first call; lists begin openly', async () => {
  const until = (to: string) => getBreakdown(db, { ...all, to, by: 'publisher', compare: 'none' }, now);
  expect((await until('2025-07-01')).total).toMatchObject({ calls: 2 });
  expect(await until('2001-01-01')).toMatchObject({ from: '2001-01-01', total: { calls: 0 } });
  expect((await listCalls(db, { ...all, limit: 10 })).items).toHaveLength(3);
});
