import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { readAtStake } from '../../src/report/at-stake.ts';
import { getBreakdown } from '../../src/report/breakdown.ts';
import { readBuyerAverages } from '../../src/report/buyer-averages.ts';
import { getCall } from '../../src/report/call-detail.ts';
import { foldMarked } from '../../src/report/fold-rollups.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type BuiltCall, buildCall, buildConnection, qualified, unqualified } from './build-calls.ts';
import { generateCalls } from './generated-calls.ts';

let store: TestDatabase;
let db: Database;
beforeAll(async () => {
  store = await createTestDatabase();
  db = store.db;
});
afterAll(() => store.drop());

const deps = { mergeEvents: () => ({ sources: {} }), describeCriterion: () => null };
const foldAll = async () => {
  while ((await foldMarked(db, 500)).hours > 0);
};

describe('on one call', () => {
  let connection: string;
  beforeAll(async () => {
    connection = await buildConnection(db, { timeZone: 'America/New_York' });
  });
  beforeEach(async () => {
    await sql`delete from call`.execute(db);
  });
  const call = (given: Partial<BuiltCall>) => buildCall(db, connection, { buyer_name: 'Acme', ...given });
  /** Four in the morning in New York, of July 31. */
  const at = '2025-07-31T08:00:00Z';
  const unpaid = () => call({ call_date: at, outcome: { ...qualified, result: 'sale' } });

  test.each(['from the calls', 'from rollups'])('what the buyer paid on average, %s', async (source) => {
    await call({ call_date: '2025-07-02T04:00:00Z', revenue: '30.00' });
    await call({ call_date: '2025-08-01T03:59:59Z', revenue: '45.01', sale_amount: '900' });
    await call({ call_date: '2025-07-20T12:00:00Z', revenue: '0.00', sale_amount: '1100.00' });
    // before the first day and after the last one; a test; another's; nobody's
    await call({ call_date: '2025-07-02T03:59:59Z', revenue: '500' });
    await call({ call_date: '2025-08-01T04:00:00Z', revenue: '500' });
    await call({ call_date: at, revenue: '500', is_test: true });
    await call({ call_date: at, revenue: '500', buyer_name: 'Best' });
    await buildCall(db, connection, { call_date: at, revenue: '500' });
    const { id } = await unpaid();
    if (source === 'from rollups') await foldAll();
    const days = { from: '2025-07-02', to: '2025-07-31' };
    expect(await getCall(db, id, deps)).toMatchObject({
      disagreements: ['qualified_not_billed', 'sale_heard_not_reported'],
      at_stake: [
        // 37.505, rounded
        { kind: 'qualified_not_billed', money: '37.51', estimate: { ...days, count: 2 } },
        { kind: 'sale_heard_not_reported', money: '1000.00', estimate: { ...days, count: 2 } },
      ],
    });
  });

  test('nothing where the buyer paid for no call', async () => {
    await call({ call_date: at, revenue: '500', buyer_name: 'Best' });
    const { id } = await unpaid();
    const stakes = (await getCall(db, id, deps))!.at_stake;
    expect(stakes.map(({ money, estimate }) => [money, estimate?.count])).toEqual([
      [null, 0],
      [null, 0],
    ]);
  });

  test('a call without a buyer is held against others without one, as in reports', async () => {
    await buildCall(db, connection, { call_date: at, revenue: '20' });
    await call({ call_date: at, revenue: '500' });
    const { id } = await buildCall(db, connection, { call_date: at, outcome: qualified });
    for (const fold of [false, true]) {
      if (fold) await foldAll();
      expect((await getCall(db, id, deps))!.at_stake).toMatchObject([
        { money: '20.00', estimate: { count: 1 } },
      ]);
    }
  });

  test('of many hours that wait to be folded the newest are read, and the rest counts as it was', async () => {
    const hour = (n: number) => new Date(Date.parse(at) - n * 3_600_000).toISOString();
    for (let n = 1; n <= 130; n++) await call({ call_date: hour(n), revenue: n <= 120 ? '10' : '70' });
    const { id } = await unpaid();
    const counts = async () => {
      const [stake] = (await getCall(db, id, deps))!.at_stake;
      return [stake?.money, stake?.estimate?.count];
    };
    // the hour of the call itself is one of them
    expect(await counts()).toEqual(['10.00', 49]);
    await foldAll();
    expect(await counts()).toEqual(['14.62', 130]);
    await sql`update call set revenue = revenue * 2 where revenue is not null`.execute(db);
    // 50 of 20, 70 of 10, 10 of 70: the hour of the call itself did not change this time
    expect(await counts()).toEqual(['18.46', 130]);
  });

  test('what was reported of the call itself is no estimate', async () => {
    const { id } = await call({ call_date: at, revenue: '40', sale_amount: '800', outcome: unqualified });
    expect((await getCall(db, id, deps))!.at_stake).toEqual([
      { kind: 'billed_not_qualified', money: '40', estimate: null },
      { kind: 'sale_reported_not_heard', money: '800', estimate: null },
    ]);
    const agreeing = await call({ call_date: at, revenue: '40', outcome: qualified });
    expect((await getCall(db, agreeing.id, deps))!.at_stake).toEqual([]);
  });

  test('a date in no year of telephone calls has no average, and no fault', async () => {
    const reported = { converted: null, revenue: null, sale_amount: null, sale_count: null };
    const call_at = new Date('0012-07-07T00:00:00Z');
    const stakes = await readAtStake(db, {
      buyer_name: 'Acme',
      disagreements: ['qualified_not_billed'],
      call_at,
      time_zone: 'UTC',
      reported: { ...reported, affiliate_payout: null },
    });
    expect(stakes).toEqual([{ kind: 'qualified_not_billed', money: null, estimate: null }]);
  });
});

test('averages are those of a report over the same days and of a recount, with hours that changed since or none, in every zone', async () => {
  await sql`delete from call`.execute(db);
  const connection = await buildConnection(db);
  const calls = generateCalls(400, 7);
  for (const given of calls) await buildCall(db, connection, given);
  const days = ['2025-03-09', '2025-03-10', '2025-04-02', '2025-10-31', '2025-11-02'];
  const zones = ['America/New_York', 'Asia/Kolkata', 'UTC'];
  const check = async () => {
    for (const [place, day] of days.entries()) {
      for (const buyer of ['Acme', 'Best', null]) {
        const zone = zones[place % zones.length]!;
        const at = new Date(`${day}T18:00:00Z`);
        const found = (await readBuyerAverages(db, buyer, at, zone))!;
        expect(found).toEqual(recount(calls, buyer, at, zone));
        const { from, to } = found;
        const report = await getBreakdown(db, {
          by: 'day',
          compare: 'none',
          from,
          to,
          time_zone: zone,
          buyer_name: buyer ?? '(none)',
        });
        // what was not billed is worth the average, as often as it happened
        const { qualified_not_billed: n, qualified_not_billed_money: money } = report.total;
        if (Number(n) > 0 && found.billed.money !== null)
          expect(Math.abs(Number(money) - Number(n) * Number(found.billed.money))).toBeLessThanOrEqual(
            0.005 * (Number(n) + 1),
          );
        else expect(money).toBeNull();
      }
    }
  };
  await foldAll();
  await check();
  // some hours change again, and are read from their calls
  await sql`update call set extra = '{"x": 1}', is_duplicate = true where id < (
    select percentile_disc(0.2) within group (order by id) from call)`.execute(db);
  await check();
}, 60_000);

function recount(calls: Partial<BuiltCall>[], buyer: string | null, at: Date, zone: string) {
  const dayOf = (instant: string) =>
    Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
  const to = dayOf(at.toISOString());
  const from = Temporal.PlainDate.from(to).subtract({ days: 29 }).toString();
  const counted = calls.filter((call) => {
    const day = dayOf(String(call.call_date ?? call.first_event_at));
    return !call.is_test && (call.buyer_name ?? null) === buyer && day >= from && day <= to;
  });
  const average = (field: 'revenue' | 'sale_amount') => {
    const amounts = counted.map((call) => Math.round(Number(call[field] ?? 0) * 100)).filter((n) => n > 0);
    const sum = amounts.reduce((a, b) => a + b, 0);
    const cents = Math.round(sum / amounts.length);
    return { money: amounts.length > 0 ? (cents / 100).toFixed(2) : null, count: amounts.length };
  };
  return { from, to, billed: average('revenue'), sold: average('sale_amount') };
}
