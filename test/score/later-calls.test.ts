import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { summarizeRescore } from '../../src/report/rescore-summary.ts';
import { decideLaterCalls } from '../../src/score/decide-later-calls.ts';
import type { Judge } from '../../src/score/judge.ts';
import { judgeLocally } from '../../src/score/local/judge.ts';
import { createRescore } from '../../src/score/rescore/rescore-store.ts';
import { workOnRescore } from '../../src/score/rescore/rescorer.ts';
import { publishVersion, saveDraft } from '../../src/score/save-scorecard.ts';
import { makeScoreStage } from '../../src/score/score-stage.ts';
import { type JudgingWorld, startJudgingWorld } from './judging-world.ts';

const days = 10;
let world: JudgingWorld;
let asked = 0;
const judge: Judge = async (input) => {
  asked++;
  return judgeLocally(input);
};

beforeAll(async () => {
  world = await startJudgingWorld();
  const { source, shared } = world.solar;
  const policy = `
policy:
  - id: again
    when: { duplicate_within_days: ${days} }
    billable: "no"
    because: the buyer had this caller already
  - id: first
    when: {}
    billable: "yes"
    because: the caller is new to the buyer
`;
  await saveDraft(world.db, { source: source + policy, shared }, 'ann', 'solar.yaml');
  await publishVersion(world.db, 'solar', null, 'ann');
});
afterAll(() => world.drop());
beforeEach(async () => {
  await sql`delete from call`.execute(world.db);
  await sql`delete from earlier_call_mark`.execute(world.db);
  asked = 0;
});

/** What is reported of a call: by whom, with whom, on which day of the year, and whether they were connected. */
type Reported = { caller: string; buyer: string; day: number; connected: boolean };

const at = (day: number) => new Date(Date.UTC(2025, 0, 1, 12) + day * 86_400_000).toISOString();

async function report(id: string, { caller, buyer, day, connected }: Reported): Promise<void> {
  await sql`update call set caller_id = ${caller}, buyer_name = ${buyer}, call_date = ${at(day)},
    connected_call_length = ${connected ? 95 : 0} where id = ${id}`.execute(world.db);
}

async function arrive(reported: Reported): Promise<string> {
  const id = await world.addCall();
  await report(id, reported);
  await sql`insert into call_stage (call_id, stage, state) values (${id}, 'score', 'waiting')`.execute(
    world.db,
  );
  await runWaiting();
  return id;
}

/** As relay and workers do. */
async function runWaiting(): Promise<void> {
  const { rows } = await sql<{ call_id: string }>`
    update call_stage set state = 'done' where stage = 'score' and state = 'waiting' returning call_id`.execute(
    world.db,
  );
  for (const { call_id } of rows) {
    const result = await makeScoreStage({ ...world, judge })(call_id, new AbortController().signal);
    if ('write' in result) await world.db.transaction().execute(result.write);
  }
}

async function settle(): Promise<void> {
  while ((await decideLaterCalls(world.db)) > 0);
  await runWaiting();
}

async function ruleOf(id: string): Promise<unknown> {
  return (await world.readCall(id)).billable_reason;
}

const first: Reported = { caller: '+18185550143', buyer: 'Acme', day: 100, connected: true };

test('a call that comes late makes the later ones of its caller repeats, without asking a judge', async () => {
  const later = await arrive({ ...first, day: 105 });
  const latest = await arrive({ ...first, day: 118 });
  expect(await ruleOf(later)).toBe('first');
  await arrive(first);
  asked = 0;
  await settle();
  expect(asked).toBe(0);
  expect(await ruleOf(later)).toBe('again');
  expect(await ruleOf(latest)).toBe('first');
});

test.each<[string, Partial<Reported>]>([
  ['went to another buyer', { buyer: 'Best' }],
  ['was by another caller', { caller: '+18185550199' }],
  ['was never connected', { connected: false }],
  ['was later', { day: 106 }],
  ['was longer ago', { day: 80 }],
])('it is decided again when the earlier call turns out to be one that %s', async (_, change) => {
  const earlier = await arrive(first);
  const later = await arrive({ ...first, day: 105 });
  await settle();
  expect(await ruleOf(later)).toBe('again');
  await report(earlier, { ...first, ...change });
  await settle();
  expect(await ruleOf(later)).toBe('first');
});

test('it is decided again when the earlier call goes away', async () => {
  const earlier = await arrive(first);
  const later = await arrive({ ...first, day: 105 });
  await sql`delete from call where id = ${earlier}`.execute(world.db);
  await settle();
  expect(await ruleOf(later)).toBe('first');
});

test('a call that is being judged as the earlier one comes is started anew', async () => {
  const later = await arrive({ ...first, day: 105 });
  await sql`update call_stage set state = 'running', input = null, run = 7 where call_id = ${later}`.execute(
    world.db,
  );
  await arrive(first);
  await decideLaterCalls(world.db);
  const { rows } = await sql`select state, run, input from call_stage where call_id = ${later}`.execute(
    world.db,
  );
  expect(rows).toEqual([{ state: 'waiting', run: 8, input: null }]);
});

test('a call whose judging anew failed is tried again as the earlier one comes; one never judged is not', async () => {
  const judged = await arrive({ ...first, day: 105 });
  const never = await arrive({ ...first, day: 106, caller: '+18185550199' });
  await sql`update call set evaluation_id = null where id = ${never}`.execute(world.db);
  await sql`update call_stage set state = 'failed', attempts = 3, input = null, error_code = 'score.bad-answer'
    where stage = 'score'`.execute(world.db);
  await arrive(first);
  await arrive({ ...first, caller: '+18185550199' });
  await decideLaterCalls(world.db);
  const { rows } = await sql`select call_id, state, attempts from call_stage
    where call_id in (${judged}, ${never}) order by call_id`.execute(world.db);
  expect(rows).toEqual([
    { call_id: judged, state: 'waiting', attempts: 3 },
    { call_id: never, state: 'failed', attempts: 3 },
  ]);
});

test('judging a range again finds the earlier call of each', async () => {
  const days = [100, 105, 118, 119];
  const ids: string[] = [];
  for (const day of days) ids.push(await arrive({ ...first, day }));
  const other = await arrive({ ...first, day: 106, caller: '+18185550199' });
  const id = await createRescore(world.db, {
    from: null,
    to: null,
    connectionId: null,
    scorecard: null,
    version: null,
    drafts: false,
    everyCall: false,
    judge: 'local',
    createdBy: 'ann',
  });
  await workOnRescore({ ...world, judges: { local: judge }, signal: new AbortController().signal });
  expect(await summarizeRescore(world.db, id)).toMatchObject({ judged: 5, changed: 0 });
  expect(await Promise.all([...ids, other].map(ruleOf))).toEqual([
    'first',
    'again',
    'first',
    'again',
    'first',
  ]);
});

test('of a caller who is erased no mark stays, and none comes', async () => {
  const id = await arrive(first);
  await sql`insert into erasure (id, created_by, calls, events, recordings, transcripts, evaluations)
    values ('ers_1', 'ann', 1, 0, 0, 0, 0)`.execute(world.db);
  const marks = async () => (await sql`select caller_id from earlier_call_mark`.execute(world.db)).rows;
  expect(await marks()).not.toEqual([]);
  await sql`update call set erasure_id = 'ers_1' where id = ${id}`.execute(world.db);
  expect(await marks()).toEqual([]);
  await sql`update call set caller_id = null where id = ${id}`.execute(world.db);
  expect(await marks()).toEqual([]);
});

test('the outcome does not depend on the order in which calls come and become known', async () => {
  const reported = fc.record({
    caller: fc.constantFrom('+18185550143', '+18185550199'),
    buyer: fc.constantFrom('Acme', 'Best'),
    day: fc.integer({ min: 0, max: 40 }),
    connected: fc.boolean(),
  });
  /** A call as it is said to be at first, and as it turns out. */
  const told = fc.record({ early: reported, late: reported });
  const calls = fc.array(told, { minLength: 2, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(
      calls.chain((all) => fc.tuple(fc.constant(all), orderOf(all.length), fc.infiniteStream(fc.boolean()))),
      async ([all, order, rests]) => {
        await sql`delete from call`.execute(world.db);
        const ids: string[] = [];
        for (const step of order) {
          if (ids[step] === undefined) ids[step] = await arrive(all[step]!.early);
          else await sayLast(ids[step], all[step]!.late);
          if (rests.next().value) await settle();
        }
        await settle();
        for (const [place, { late }] of all.entries()) {
          const since = all
            .filter((other) => other.late.connected && other.late.caller === late.caller)
            .filter((other) => other.late.buyer === late.buyer && other.late.day < late.day)
            .map((other) => late.day - other.late.day);
          expect(await ruleOf(ids[place]!)).toBe(Math.min(...since) <= days ? 'again' : 'first');
        }
      },
    ),
    { numRuns: 25 },
  );
});

/** Every call twice, first as it comes, then as it becomes known, in any order. */
function orderOf(count: number): fc.Arbitrary<number[]> {
  const steps = Array.from({ length: count }, (_, i) => [i, i]).flat();
  return fc.shuffledSubarray(steps, { minLength: steps.length });
}

/** As the webhook's statement does for a scored call. */
async function sayLast(id: string, reported: Reported): Promise<void> {
  await report(id, reported);
  await sql`update call_stage set state = 'waiting', input = 'facts' where call_id = ${id}`.execute(world.db);
  await runWaiting();
}
