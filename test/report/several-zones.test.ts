import { afterAll, beforeAll, expect, test } from 'vitest';
import { getBreakdown } from '../../src/report/breakdown.ts';
import { foldMarked } from '../../src/report/fold-rollups.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { buildCall, buildConnection } from './build-calls.ts';

const zones = ['America/New_York', 'America/Los_Angeles', 'Asia/Kolkata'];
/** Around the change to summer time of 9 March 2025, and a year before; the last is the 10th in India alone. */
const instants = [
  '2025-03-09T06:30:00Z',
  '2025-03-09T07:30:00Z',
  '2025-03-09T10:30:00Z',
  '2025-03-09T20:00:00Z',
  '2024-03-09T12:00:00Z',
];
const query = { from: '2025-03-09', to: '2025-03-09', time_zone: 'connection', compare: 'year' } as const;

let store: TestDatabase;
const sent: { zone: string; at: string }[] = [];

beforeAll(async () => {
  store = await createTestDatabase();
  for (const zone of zones) {
    const connection = await buildConnection(store.db, { timeZone: zone });
    for (const at of instants) {
      await buildCall(store.db, connection, { call_date: at });
      sent.push({ zone, at });
    }
  }
  while ((await foldMarked(store.db)).hours > 0);
});
afterAll(() => store.drop());

/** What a call's own clocks showed, by JavaScript's time zones. */
function clockOf({ zone, at }: { zone: string; at: string }): { day: string; hour: string } {
  const text = new Date(at).toLocaleString('sv', { timeZone: zone });
  return { day: text.slice(0, 10), hour: text.slice(11, 13) };
}

function count(keys: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

test.each([true, false])(
  'each call by the clocks of its own connection (rollups: %s)',
  async (useRollups) => {
    const body = await getBreakdown(store.db, { ...query, by: 'hour' }, new Date(), useRollups);
    const wanted = count(sent.map(clockOf).flatMap(({ day, hour }) => (day === '2025-03-09' ? [hour] : [])));
    expect(Object.fromEntries(body.rows.map(({ key, values }) => [key, values.calls]))).toEqual(wanted);
    expect(body.time_zone).toBe('connection');
  },
);

test('beside the same days a year before, by the same clocks', async () => {
  const body = await getBreakdown(store.db, { ...query, by: 'publisher' });
  const yearBefore = sent.map(clockOf).filter(({ day }) => day === '2024-03-09').length;
  expect(body.previous_period).toEqual({ from: '2024-03-09', to: '2024-03-09' });
  expect(body.previous_total?.calls).toBe(yearBefore);
  expect(body.rows[0]?.previous?.calls).toBe(yearBefore);
});
