import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prospectValues, reachedValues } from '../../src/domain/outcome.ts';
import { getBreakdown } from '../../src/report/breakdown.ts';
import { listCalls } from '../../src/report/call-list.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type BuiltCall, buildCall, buildConnection } from './build-calls.ts';
import { generateCalls } from './generated-calls.ts';

const days = ['2025-03-08', '2025-03-09', '2025-03-10', '2025-11-01', '2025-11-02', '2025-11-03'];
const wholePeriod = { from: 'first', to: '2026-12-31', time_zone: 'America/New_York' } as const;
const newYorkDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York', dateStyle: 'short' });

let store: TestDatabase;
let calls: BuiltCall[];

beforeAll(async () => {
  store = await createTestDatabase();
  const connection = await buildConnection(store.db);
  calls = [];
  for (const given of generateCalls(250, 42)) calls.push(await buildCall(store.db, connection, given));
});
afterAll(() => store.drop());

const query = fc.record(
  {
    from: fc.constantFrom(...days),
    to: fc.constantFrom(...days),
    publisher_name: fc.constantFrom('North', '=West', '(none)'),
    buyer_name: fc.constantFrom('Acme', '(none)'),
    reached: fc.constantFrom(...reachedValues),
    prospect: fc.constantFrom(...prospectValues),
    reason: fc.constantFrom('homeowner', '(none)'),
    converted: fc.boolean(),
  },
  { requiredKeys: [], noNullPrototype: true },
);
type Query = typeof query extends fc.Arbitrary<infer T> ? T : never;

function matches(call: BuiltCall, asked: Query): boolean {
  const day = newYorkDay.format(new Date(call.call_date ?? call.first_event_at));
  const is = (value: string | null | undefined, wanted: string | undefined) =>
    wanted === undefined || (value ?? '(none)') === wanted;
  return (
    !call.is_test &&
    (asked.from === undefined || day >= asked.from) &&
    (asked.to === undefined || day <= asked.to) &&
    is(call.publisher_name, asked.publisher_name) &&
    is(call.buyer_name, asked.buyer_name) &&
    is(call.outcome?.reached, asked.reached) &&
    is(call.outcome?.prospect, asked.prospect) &&
    is(call.outcome?.reason, asked.reason) &&
    (asked.converted === undefined || call.converted === asked.converted)
  );
}

test('each row of the report by flag counts the calls that its filter lists; no flag is scored calls without one', async () => {
  const { rows } = await getBreakdown(store.db, { ...wholePeriod, by: 'flag', compare: 'none' });
  const listed = async (flag: string) => {
    const { items } = await listCalls(store.db, { ...wholePeriod, limit: 500, flag: flag as 'none' });
    return items.length;
  };
  for (const { key, values } of rows) if (key) expect(values.calls, key).toBe(await listed(key));
  const real = calls.filter((call) => !call.is_test);
  const rowOf = (label: string) => rows.find((row) => row.label === label)?.values.calls;
  expect(rowOf('No flag')).toBe(real.filter(({ outcome }) => outcome?.flags.length === 0).length);
  expect(rowOf('Not scored')).toBe(real.filter(({ outcome }) => !outcome).length);
  expect(rowOf('Not scored')).toBeGreaterThan(0);
});

test('lists and reports find the calls that a filter in plain words finds', async () => {
  await fc.assert(
    fc.asyncProperty(query, async (asked) => {
      fc.pre(!(asked.from && asked.to && asked.from > asked.to));
      const expected = calls.filter((call) => matches(call, asked)).map(({ id }) => id);
      const zone = { time_zone: 'America/New_York' };
      const { items, next } = await listCalls(store.db, { ...asked, ...zone, limit: 500 });
      expect(items.map(({ id }) => id).sort()).toEqual(expected.sort());
      expect(next).toBeNull();

      const year = { from: '2025-01-01', to: '2025-12-31' };
      const report = await getBreakdown(store.db, { ...year, ...asked, ...zone, by: 'day', compare: 'none' });
      expect(report.total.calls).toBe(expected.length);
    }),
    { numRuns: 60, seed: 7 },
  );
});

test('newest first, by the call’s own time or else its first arrival', async () => {
  const { items } = await listCalls(store.db, { limit: 500, test: 'include' });
  const times = items.map((item) => Date.parse(item.call_date ?? item.first_event_at));
  expect(times).toEqual(times.toSorted((a, b) => b - a));
  expect(items).toHaveLength(calls.length);
});
