import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Dimension, dimensions, getBreakdown as route } from '../../src/contract/reports.ts';
import { findDisagreements } from '../../src/domain/disagreement.ts';
import { type BreakdownQuery, getBreakdown } from '../../src/report/breakdown.ts';
import { foldMarked } from '../../src/report/fold-rollups.ts';
import type { Values } from '../../src/report/group-calls.ts';
import { metrics } from '../../src/report/metrics.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import {
  type BuiltCall,
  buildCall,
  buildConnection,
  buildEvaluation,
  qualified,
  unqualified,
} from './build-calls.ts';
import { generateCalls } from './generated-calls.ts';
import { recount, recountKnown } from './recount.ts';

const timeZone = 'America/New_York';
const year = { from: '2025-01-01', to: '2025-12-31', time_zone: timeZone, compare: 'none' } as const;

let store: TestDatabase;
let calls: BuiltCall[];

beforeAll(async () => {
  store = await createTestDatabase();
  const connections = [await buildConnection(store.db, { name: 'Main' }), await buildConnection(store.db)];
  calls = [];
  for (const [i, given] of generateCalls(700, 20250707).entries()) {
    calls.push(await buildCall(store.db, connections[i % 2]!, given));
  }
});
afterAll(() => store.drop());

const newYorkClock = new Intl.DateTimeFormat('en-CA', {
  timeZone,
  dateStyle: 'short',
  timeStyle: 'medium',
  hourCycle: 'h23',
});

/** The call's own time on New York's clocks, by JavaScript's time zones: an independent reading. */
function local(call: BuiltCall) {
  const parts = newYorkClock.format(new Date(call.call_date ?? call.first_event_at));
  const [day = '', time = ''] = parts.split(', ');
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
  const monday = new Date(Date.parse(day) - (weekday - 1) * 86_400_000).toISOString().slice(0, 10);
  return { day, hour: time.slice(0, 2), weekday: String(weekday), week: monday, month: day.slice(0, 7) };
}

const keyOf: Record<Exclude<Dimension, 'flag' | 'disagreement'>, (call: BuiltCall) => string | null> = {
  publisher: (c) => c.publisher_name ?? null,
  publisher_sub_id: (c) => c.publisher_sub_id ?? null,
  subsource: (c) => c.subsource ?? null,
  buyer: (c) => c.buyer_name ?? null,
  campaign: (c) => c.campaign_name ?? null,
  target: (c) => c.target_name ?? null,
  vertical: (c) => c.vertical ?? null,
  state: (c) => c.inbound_number_state ?? null,
  connection: (c) => c.connection_id,
  day: (c) => local(c).day,
  week: (c) => local(c).week,
  month: (c) => local(c).month,
  hour: (c) => local(c).hour,
  weekday: (c) => local(c).weekday,
  reached: (c) => c.outcome?.reached ?? null,
  prospect: (c) => c.outcome?.prospect ?? null,
  reason: (c) => c.outcome?.reason ?? null,
  result: (c) => c.outcome?.result ?? null,
  billable: (c) => c.outcome?.billable ?? null,
  zip: (c) => c.zip_code ?? null,
  branch: (c) => c.branch_name ?? null,
  data_source: (c) => c.data_source ?? null,
  end_source: (c) => c.end_call_source ?? null,
  scorecard: (c) => (c.outcome ? 'home-services 3' : null),
};

/** A call may have several of these. */
const keysOf: Partial<Record<Dimension, (call: BuiltCall) => (string | null)[]>> = {
  flag: (c) => (c.outcome ? (c.outcome.flags.length > 0 ? c.outcome.flags : ['none']) : [null]),
  disagreement: (c) => {
    const kinds = findDisagreements(c.outcome, {
      revenue: c.revenue ?? null,
      saleAmount: c.sale_amount ?? null,
      saleCount: c.sale_count ?? null,
    });
    return kinds.length > 0 ? kinds : [null];
  },
};

function expectSame(values: Values, expected: Record<string, number | null>, where: string) {
  expect(Object.keys(values).sort()).toEqual(Object.keys(expected).sort());
  for (const { id, unit } of metrics) {
    const wanted = expected[id] ?? null;
    const got = values[id] ?? null;
    if (wanted === null || got === null) {
      expect(got, `${where} ${id}`).toBe(wanted);
    } else if (unit === 'money') {
      // cents: exact where it is a sum, to the nearest cent where it is an average
      expect(typeof got).toBe('string');
      expect(Math.abs(Number(got) * 100 - wanted), `${where} ${id} ${got}`).toBeLessThanOrEqual(0.5 + 1e-6);
    } else {
      const step = unit === 'count' ? 0 : unit === 'percent' ? 0.005 : 0.05;
      expect(Math.abs(Number(got) - wanted), `${where} ${id} ${got}`).toBeLessThanOrEqual(step + 1e-9);
    }
  }
}

function grouped(calls: BuiltCall[], by: Dimension): Map<string | null, BuiltCall[]> {
  const keys = keysOf[by] ?? ((call: BuiltCall) => [keyOf[by as keyof typeof keyOf](call)]);
  const groups = new Map<string | null, BuiltCall[]>();
  for (const call of calls) {
    for (const key of keys(call)) groups.set(key, [...(groups.get(key) ?? []), call]);
  }
  return groups;
}

async function expectRecounted(query: BreakdownQuery, matches: (c: BuiltCall) => boolean, basis = matches) {
  const real = calls.filter((c) => !c.is_test);
  const among = real.filter(matches);
  const expected = grouped(among, query.by as Dimension);
  const body = await getBreakdown(store.db, query);
  expect(new Set(body.rows.map((row) => row.key))).toEqual(new Set(expected.keys()));
  expect(body.rows).toHaveLength(expected.size);
  for (const row of body.rows) {
    expectSame(
      row.values,
      recount(expected.get(row.key)!, real.filter(basis), real),
      `${query.by} ${row.key}`,
    );
    expect(row.known).toEqual(recountKnown(expected.get(row.key)!, real.filter(basis)));
  }
  expectSame(body.total, recount(among, real.filter(basis), real), 'total');
  expect(body.total_known).toEqual(recountKnown(among, real.filter(basis)));
  return body;
}

/** Folds all marked hours. */
async function fold() {
  while ((await foldMarked(store.db)).hours > 0);
}

/** As if nothing were folded: too many hours are marked for the rollups to be of use. */
async function markAll() {
  await sql`insert into rollup_mark select distinct aria_hour(call_at) from call`.execute(store.db);
}

/** Changes some calls in the table and in memory, so that rows of rollups are out of date. */
async function changeSome() {
  for (const call of calls.filter((_, i) => i % 9 === 0)) {
    call.revenue = '77.00';
    call.publisher_name = 'South';
    await sql`update call set revenue = 77, publisher_name = 'South' where id = ${call.id}`.execute(store.db);
  }
}

const rolled = new Set<string>([
  ...[
    'publisher',
    'buyer',
    'campaign',
    'target',
    'vertical',
    'state',
    'connection',
    'day',
    'week',
    'month',
    'hour',
  ],
  ...['weekday', 'reached', 'prospect', 'reason', 'result', 'billable'],
]);

describe.each([
  { state: 'from calls alone', prepare: markAll, from: 'calls' },
  { state: 'from rollups', prepare: async () => {}, from: 'rollups' },
  { state: 'from rollups and calls that changed since', prepare: changeSome, from: 'rollups' },
])('every metric agrees with a recount $state', ({ prepare, from }) => {
  beforeAll(async () => {
    // which calls are repeats is known once all were folded
    await fold();
    await prepare();
  });

  test.each(dimensions)('by %s', async (by) => {
    const body = await expectRecounted({ ...year, by }, () => true);
    expect(route.response.parse(body)).toEqual(body);
    expect(body.answered_from).toBe(rolled.has(by) ? from : 'calls');
  });

  test.each([
    ['publisher', 'buyer'],
    ['buyer', 'day'],
    ['hour', 'weekday'],
    ['week', 'reached'],
  ] as const)('by %s and %s', async (by, then) => {
    const body = await getBreakdown(store.db, { ...year, by, then_by: then });
    const real = calls.filter((c) => !c.is_test);
    const expected = new Map(
      [...grouped(real, by)].flatMap(([key, group]) =>
        [...grouped(group, then)].map(([thenKey, found]) => [JSON.stringify([key, thenKey]), found] as const),
      ),
    );
    expect(body.rows.map((row) => JSON.stringify([row.key, row.second!.key])).sort()).toEqual(
      [...expected.keys()].sort(),
    );
    for (const row of body.rows) {
      const found = expected.get(JSON.stringify([row.key, row.second!.key]))!;
      expectSame(row.values, recount(found, real, real), `${row.key} ${row.second!.key}`);
    }
    expectSame(body.total, recount(real, real, real), 'total');
  });

  test('in a zone half an hour off', async () => {
    const zone = { ...year, time_zone: 'Asia/Kolkata' };
    const days = await getBreakdown(store.db, { ...zone, by: 'day' });
    const clock = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Kolkata', dateStyle: 'short' });
    const real = calls.filter((c) => !c.is_test);
    const expected = Map.groupBy(real, (c) => clock.format(new Date(c.call_date ?? c.first_event_at)));
    expect(days.rows.map(({ key }) => key)).toEqual([...expected.keys()].sort());
    for (const row of days.rows)
      expectSame(row.values, recount(expected.get(row.key!)!, real, real), `${row.key}`);
  });

  test('between instants', async () => {
    const [from, to] = ['2025-03-08T10:17:00Z', '2025-03-10T03:44:10Z'];
    const body = await expectRecounted({ ...year, by: 'publisher', from, to }, (c) => {
      const at = Date.parse(c.call_date ?? c.first_event_at);
      return at >= Date.parse(from) && at < Date.parse(to);
    });
    expect(body.answered_from).toBe('rollups');
  });

  test('of one publisher by day', async () => {
    const query = { ...year, by: 'day', publisher_name: 'South' } as const;
    const body = await expectRecounted(
      query,
      (c) => c.publisher_name === 'South',
      () => true,
    );
    expect(body.answered_from).toBe(from);
  });

  test('over the 25 hours of one day', async () => {
    const day = { from: '2025-11-02', to: '2025-11-02', time_zone: timeZone, compare: 'none' } as const;
    const body = await expectRecounted({ ...day, by: 'hour' }, (c) => local(c).day === '2025-11-02');
    expect(body.total.calls).toBeGreaterThan(20);
  });

  test('under filters by name', async () => {
    await expectRecounted(
      { ...year, by: 'buyer', publisher_name: 'North', vertical: '(none)' },
      (c) => c.publisher_name === 'North' && c.vertical === undefined,
      () => true,
    );
  });

  test('under filters by finding, which do not narrow what prices are estimated from', async () => {
    const body = await expectRecounted(
      { ...year, by: 'publisher', disagreement: 'qualified_not_billed' },
      (c) => c.outcome?.billable === 'yes' && Number(c.revenue ?? 0) <= 0,
      () => true,
    );
    expect(Number(body.total.qualified_not_billed_money)).toBeGreaterThan(0);
  });
});

test('names come by calls, most first; times in order', async () => {
  const publishers = await getBreakdown(store.db, { ...year, by: 'publisher' });
  const counts = publishers.rows.map((row) => Number(row.values.calls));
  expect(counts).toEqual(counts.toSorted((a, b) => b - a));
  const days = await getBreakdown(store.db, { ...year, by: 'day' });
  const keys = days.rows.map((row) => row.key);
  expect(keys).toEqual(keys.toSorted());
});

test('a name with few calls is new; what was found on calls, or a day, is not', async () => {
  const marks = async (by: Dimension) =>
    new Set(
      (await getBreakdown(store.db, { ...year, by, new_below: 100_000 })).rows.map((row) => row.is_new),
    );
  expect(await marks('publisher')).toEqual(new Set([true]));
  for (const by of ['flag', 'prospect', 'scorecard', 'day'] as const) {
    expect(await marks(by), by).toEqual(new Set([false]));
  }
});

test('labels are for people', async () => {
  const labels = async (by: Dimension) =>
    (await getBreakdown(store.db, { ...year, by })).rows.map((row) => row.label);
  expect(await labels('connection')).toContain('Main');
  expect(await labels('publisher')).toContain('(none)');
  expect(await labels('prospect')).toEqual(expect.arrayContaining(['Not scored', 'Not a prospect']));
  expect(await labels('weekday')).toContain('Monday');
  expect(await labels('week')).toContain('Week of 2025-03-10');
});

test('the previous period is as many days before', async () => {
  const query = { ...year, by: 'publisher', from: '2025-03-09', to: '2025-03-10' } as const;
  const body = await getBreakdown(store.db, { ...query, compare: 'previous' });
  const before = await getBreakdown(store.db, { ...query, from: '2025-03-07', to: '2025-03-08' });
  expect(Number(before.total.calls)).toBeGreaterThan(0);
  expect(body.previous_total).toEqual(before.total);
  expect(body.total.calls).not.toBe(before.total.calls);
});

test('of no calls, counts are 0 and all else is unknown', async () => {
  const body = await getBreakdown(store.db, { ...year, by: 'day', publisher_name: 'nobody' });
  expect(body.rows).toEqual([]);
  expect(body.currencies).toEqual([]);
  for (const { id, unit } of metrics) expect(body.total[id], id).toBe(unit === 'count' ? 0 : null);
});

test('without a period: the last 30 days', async () => {
  const query = { by: 'day', time_zone: timeZone, compare: 'none' } as const;
  const body = await getBreakdown(store.db, query, new Date('2025-11-05T03:00:00Z'));
  expect([body.from, body.to]).toEqual(['2025-10-06', '2025-11-04']);
});

test('late news moves a call from one disagreement to the next', async () => {
  const connection = await buildConnection(store.db);
  const given = { call_date: '2022-05-05T12:00:00Z', buyer_name: 'Acme' };
  await buildCall(store.db, connection, { ...given, revenue: '30.00' });
  await buildCall(store.db, connection, { ...given, revenue: '20.00' });
  const call = await buildCall(store.db, connection, { ...given, revenue: '25.00' });
  const total = async () => {
    const query = { by: 'buyer', from: '2022-05-05', to: '2022-05-05', compare: 'none' } as const;
    return (await getBreakdown(store.db, query)).total;
  };
  expect(await total()).toMatchObject({ scored: 0, disagreements: 0, qualified_not_billed_money: null });

  await buildEvaluation(store.db, call.id, unqualified);
  expect(await total()).toMatchObject({
    scored: 1,
    billed_not_qualified: 1,
    billed_not_qualified_money: '25.00',
  });

  // judged again under another version, and the buyer takes the revenue back
  await buildEvaluation(store.db, call.id, { ...qualified, result: 'sale' });
  await sql`update call set revenue = 0 where id = ${call.id}`.execute(store.db);
  expect(await total()).toMatchObject({
    scored: 1,
    billed_not_qualified: 0,
    billed_not_qualified_money: '0.00',
    qualified_not_billed: 1,
    qualified_not_billed_money: '25.00',
    sale_heard_not_reported: 1,
    sale_heard_not_reported_money: null,
    disagreements: 1,
  });

  // days later a disposition reports revenue and sale
  await sql`update call set revenue = 25, sale_count = 1, sale_amount = 900 where id = ${call.id}`.execute(
    store.db,
  );
  expect(await total()).toMatchObject({
    disagreements: 0,
    reported_sales: 1,
    heard_sales: 1,
    sale_amount: '900.00',
  });
});

test('currencies are those of the calls counted', async () => {
  const euros = await buildConnection(store.db, { currency: 'EUR' });
  await buildConnection(store.db, { currency: 'GBP' });
  const call = { call_date: '2024-05-05T12:00:00Z', publisher_name: 'Rhein', revenue: '10.00' };
  await buildCall(store.db, euros, call);
  await buildCall(store.db, euros, { ...call, call_date: '2023-05-05T12:00:00Z', is_test: true });
  const currencies = async (from: string, to: string) =>
    (await getBreakdown(store.db, { by: 'day', compare: 'none', from, to })).currencies;
  expect(await currencies('2024-01-01', '2025-12-31')).toEqual(['EUR', 'USD']);
  expect(await currencies('2025-01-01', '2025-12-31')).toEqual(['USD']);
  expect(await currencies('2023-01-01', '2023-12-31')).toEqual([]);
});
