import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ConnectionSecretBody } from '../../src/contract/connections.ts';
import { mergeEvents } from '../../src/normalize/merge.ts';
import { foldCalls } from '../../src/receive/fold-calls.ts';
import { getBreakdown } from '../../src/report/breakdown.ts';
import { foldLock, foldMarked, lookAtMarks, thinMarks } from '../../src/report/fold-rollups.ts';
import { groupCalls, type Values } from '../../src/report/group-calls.ts';
import { checkRollups, rebuildRollups } from '../../src/report/keep-rollups.ts';
import { measureIds } from '../../src/report/measures.ts';
import { callsPrices, callsSource } from '../../src/report/report-source.ts';
import { startWorld, type World } from '../support/world.ts';
import { buildEvaluation, insert, qualified, unqualified } from './build-calls.ts';

let world: World;
let connection: ConnectionSecretBody;
const period = { from: new Date('2025-06-01T00:00:00Z'), to: new Date('2025-08-31T00:00:00Z') };

beforeAll(async () => {
  // nobody folds but the test
  world = await startWorld({ roles: ['serve'] });
  connection = await world.connect();
});
afterAll(() => world.stop());

const call = fc.integer({ min: 0, max: 11 });
const money = fc.constantFrom('0', '12.50', '40', '-3.25', undefined);
const day = fc.constantFrom('06-30', '07-01', '07-01', '07-15', '08-01');
const event = fc.record(
  {
    call_date: fc
      .tuple(day, fc.integer({ min: 0, max: 23 }))
      .map(([on, hour]) => `2025-${on}T${String(hour).padStart(2, '0')}:30:00-04:00`),
    publisher_name: fc.constantFrom('North', 'South'),
    buyer_name: fc.constantFrom('Acme', 'Best'),
    caller_id: fc.constantFrom('+18185550143', '+18185550144'),
    connected_call_length: fc.constantFrom('0', '95'),
    revenue: money,
    affiliate_payout: money,
    sale_amount: money,
    event: fc.constantFrom('incoming', 'connected', 'completed'),
  },
  { requiredKeys: [], noNullPrototype: true },
);

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('send' as const), call, event }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('judge' as const), call, well: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('review' as const), call, value: fc.constantFrom('yes', 'no') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('replay' as const), call, revenue: fc.constantFrom('7', '70') }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), call }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('thin' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('test' as const), call }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('fold' as const), hours: fc.integer({ min: 1, max: 4 }) }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function run(given: Step, name: (call: number) => string): Promise<void> {
  const { db } = world;
  if (given.do === 'fold') {
    await foldMarked(db, given.hours);
    return;
  }
  if (given.do === 'thin') {
    await thinMarks(db);
    return;
  }
  const instance = name(given.call);
  if (given.do === 'send') {
    const response = await world.send(connection, { call_instance_id: instance, ...given.event });
    expect(response.ok).toBe(true);
    return;
  }
  const { rows } = await sql<{
    id: string;
  }>`select id from call where call_instance_id = ${instance}`.execute(db);
  const id = rows[0]?.id;
  if (!id) return;
  if (given.do === 'judge')
    await buildEvaluation(db, id, given.well ? { ...qualified, result: 'sale' } : unqualified);
  if (given.do === 'review') {
    await sql`update review set undone_at = now() where call_id = ${id} and undone_at is null`.execute(db);
    await insert(db, 'review', {
      id: `rev_${Math.random()}`,
      call_id: id,
      field: 'billable',
      value: given.value,
      judged: 'yes',
      reason: 'heard it',
      reviewed_by: 'somebody',
    });
  }
  if (given.do === 'replay') {
    // read otherwise than at arrival, as under another mapping
    await sql`update event set fields = fields || ${JSON.stringify({ revenue: given.revenue })}::jsonb
      where call_instance_id = ${instance}`.execute(db);
    await foldCalls(db, mergeEvents, [id]);
  }
  if (given.do === 'delete') {
    await sql`delete from event where call_instance_id = ${instance}`.execute(db);
    await sql`delete from call where id = ${id}`.execute(db);
  }
  if (given.do === 'test') await sql`update call set is_test = not is_test where id = ${id}`.execute(db);
}

const days = {
  from: '2025-06-01',
  to: '2025-08-30',
  time_zone: 'America/New_York',
  compare: 'none',
} as const;
const byNames = ['publisher', 'buyer', 'day', 'billable'] as const;

const report = async () => {
  const answers = [];
  for (const by of byNames) {
    const body = await getBreakdown(world.db, { ...days, by });
    expect(body.answered_from).toBe('rollups');
    answers.push({ by, total: body.total, rows: body.rows.map(({ key, values }) => ({ key, values })) });
  }
  return answers;
};

/** The same by publisher, straight from the calls. */
async function recounted() {
  const where = sql<boolean>`not c.is_test and c.call_at >= '2025-06-01T04:00:00Z' and c.call_at < '2025-08-31T04:00:00Z'`;
  const calls = sql`call c`;
  const source = callsSource({
    keys: [sql`c.publisher_name`],
    calls,
    where,
    prices: callsPrices(calls, where),
  });
  return groupCalls(world.db, { source, order: ['calls', 'key'], limit: 100 });
}

/** Whether a call repeats another is decided when its hour is folded. */
function withoutRepeats(values: Values): Values {
  const { repeats: _, repeat_rate: __, ...others } = values;
  return others;
}

test('rollups equal a recount after any sequence of events, corrections, judgements, reviews and deletions', async () => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const round = ++runs;
      for (const given of steps) await run(given, (n) => `run-${round % 3}-${n}`);

      const live = await report();
      while ((await foldMarked(world.db)).hours > 0);
      const settled = await report();
      const plain = (answers: typeof live) =>
        answers.map(({ by, total, rows }) => ({
          by,
          total: withoutRepeats(total),
          rows: rows.map(({ key, values }) => ({ key, values: withoutRepeats(values) })),
        }));
      expect(plain(live)).toEqual(plain(settled));

      const calls = await recounted();
      const publishers = settled[0]!;
      expect(publishers.total).toEqual(calls.total.values);
      expect(publishers.rows).toEqual(calls.groups.map(({ key, values }) => ({ key, values })));
      expect(await checkRollups(world.db, { ...period, repair: false })).toMatchObject({
        wrong: [],
        wrongSums: 0,
      });
    }),
    { numRuns: 15, seed: 20250712 },
  );
}, 180_000);

test('a check finds what was tampered with, and puts it right', async () => {
  const { db } = world;
  await world.send(connection, {
    call_instance_id: 'tampered',
    call_date: '2025-07-02T12:00:00-04:00',
    revenue: 5,
  });
  while ((await foldMarked(db)).hours > 0);
  const before = await report();
  await sql`update rollup_hour set calls = calls + 1 where slot = '2025-07-02T16:00:00Z'`.execute(db);
  await sql`update rollup_day set revenue = revenue + 1 where slot = '2025-07-02T00:00:00Z'`.execute(db);
  expect(await report()).not.toEqual(before);
  const found = await checkRollups(db, { ...period, repair: true });
  expect(found.wrong).toEqual([new Date('2025-07-02T16:00:00Z')]);
  expect(found.wrongSums).toBeGreaterThan(0);
  expect(await report()).toEqual(before);
  expect(await checkRollups(db, { ...period, repair: false })).toMatchObject({ wrong: [], wrongSums: 0 });
});

test('sums can be made anew from nothing', async () => {
  const { db } = world;
  const before = await report();
  for (const tier of ['hour', 'day', 'month']) {
    await sql`delete from ${sql.table(`rollup_${tier}`)}`.execute(db);
    await sql`delete from ${sql.table(`rollup_estimate_${tier}`)}`.execute(db);
  }
  await rebuildRollups(db, period);
  expect(await report()).toEqual(before);
});

test('thinned marks say the same with fewer rows', async () => {
  const { db } = world;
  while ((await foldMarked(db)).hours > 0);
  expect(await lookAtMarks(db)).toEqual({ hours: 0, newest: null, calls: 0 });
  for (const id of ['thin-1', 'thin-2', 'thin-2', 'thin-3']) {
    const call_date = id === 'thin-3' ? '2025-07-09T10:00:00-04:00' : '2025-07-09T12:00:00-04:00';
    await world.send(connection, { call_instance_id: id, call_date, revenue: String(Math.random()) });
  }
  const before = await lookAtMarks(db);
  expect(before).toMatchObject({ hours: 2, calls: 3 });
  await thinMarks(db);
  const { rows } = await sql<{ marks: number }>`select count(*)::int as marks from rollup_mark`.execute(db);
  expect(rows[0]?.marks).toBe(2);
  expect(await lookAtMarks(db)).toEqual(before);
  while ((await foldMarked(db)).hours > 0);
});

test('the tables have a column per measure', async () => {
  const { rows } = await sql<{ name: string }>`
    select attname as name from pg_attribute where attrelid = 'rollup_hour'::regclass and attnum > 3`.execute(
    world.db,
  );
  expect(rows.map(({ name }) => name)).toEqual(measureIds);
});

test('nobody who writes calls waits for the fold', async () => {
  const { db } = world;
  await sql`insert into rollup_mark values ('2025-07-02T16:00:00Z')`.execute(db);
  await db.transaction().execute(async (tx) => {
    await sql`select from call where call_instance_id = 'tampered' for update`.execute(tx);
    // the call is held by somebody who writes it, and is folded as it stands
    expect((await foldMarked(db)).hours).toBe(1);
    const sent = await world.send(connection, {
      call_instance_id: 'other',
      call_date: '2025-07-02T12:00:00-04:00',
    });
    expect(sent.ok).toBe(true);
  });
});

test('calls that were just noted as repeats are free while their hours are summed', async () => {
  const { db } = world;
  const call = { caller_id: '+18185550177', buyer_name: 'Acme', campaign_name: 'Roofs' };
  for (const day of ['03', '04'])
    await world.send(connection, {
      ...call,
      call_instance_id: `d${day}`,
      call_date: `2025-07-${day}T12:00:00-04:00`,
    });
  let folding: Promise<unknown> | null = null;
  await db.transaction().execute(async (tx) => {
    await sql`select ${foldLock}`.execute(tx);
    folding = foldMarked(db);
    await vi.waitFor(async () => {
      const { rows } = await sql`select from call where call_instance_id = 'd04' and is_repeat`.execute(db);
      expect(rows.length).toBe(1);
    });
    const sent = await world.send(connection, { ...call, call_instance_id: 'd04', converted: 'true' });
    expect(sent.ok).toBe(true);
  });
  await folding;
});
