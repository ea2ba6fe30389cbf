import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Failure } from '../../src/domain/failure.ts';
import { getRescore } from '../../src/report/rescore-list.ts';
import { summarizeRescore } from '../../src/report/rescore-summary.ts';
import { listRescoredCalls } from '../../src/report/rescored-calls.ts';
import type { Judge } from '../../src/score/judge.ts';
import { judgeLocally } from '../../src/score/local/judge.ts';
import {
  claimRescore,
  createRescore,
  decideRescore,
  explainWaiting,
  type NewRescore,
} from '../../src/score/rescore/rescore-store.ts';
import { workOnRescore } from '../../src/score/rescore/rescorer.ts';
import { reviewCall } from '../../src/score/review-call.ts';
import { saveDraft } from '../../src/score/save-scorecard.ts';
import { type JudgingWorld, qualifiedTalk, startJudgingWorld } from './judging-world.ts';

let world: JudgingWorld;
beforeEach(async () => {
  world = await startJudgingWorld();
});
afterEach(() => world.drop());

/** Under it, only what was bound is paid for. */
const dearer = `
policy:
  - id: bound
    when: { result: [application, sale] }
    billable: "yes"
    because: an application or a sale was made
  - id: not_bound
    when: {}
    billable: "no"
    because: nothing was bound
`;
const everything: NewRescore = {
  from: null,
  to: null,
  connectionId: null,
  scorecard: null,
  version: null,
  drafts: true,
  everyCall: false,
  judge: 'local',
  createdBy: 'ann',
};
const work = (judge: Judge = judgeLocally, signal = new AbortController().signal) =>
  workOnRescore({ db: world.db, scorecards: world.scorecards, judges: { local: judge }, signal });

async function draftDearer() {
  const { source, shared } = world.solar;
  return saveDraft(world.db, { source: source + dearer, shared }, 'ann', 'solar.yaml');
}

test('a draft is tried on past calls, and nothing changes until it is published', async () => {
  const paid = await world.addCall({ revenue: '40' });
  const free = await world.addCall({ revenue: '0' });
  const rents = await world.addCall({
    lines: [...qualifiedTalk.slice(0, 3), 'C: No, I rent.', ...qualifiedTalk.slice(4)],
  });
  for (const id of [paid, free, rents]) await world.score(id);
  const before = await world.readCall(paid);
  const draft = await draftDearer();

  const id = await createRescore(world.db, everything);
  await work();
  expect(await getRescore(world.db, id)).toMatchObject({ state: 'ready', total: 3, done: 3 });
  expect(await world.readCall(paid)).toEqual(before);

  const summary = await summarizeRescore(world.db, id);
  expect(summary).toMatchObject({ judged: 3, changed: 2, skipped: [] });
  expect(summary.changes).toEqual([{ field: 'billable', before: 'yes', after: 'no', calls: 2 }]);
  const [usd] = summary.money;
  expect(usd).toMatchObject({ currency: 'USD', no_longer_billable: { calls: 2, money: '40' } });
  // the renter's call was billed and not qualified before already
  expect(usd!.disagreements.find(({ kind }) => kind === 'billed_not_qualified')).toMatchObject({
    before: { calls: 1, money: '40.00' },
    after: { calls: 2, money: '80.00' },
    estimated: false,
  });
  expect(usd!.disagreements.find(({ kind }) => kind === 'qualified_not_billed')).toMatchObject({
    before: { calls: 1, money: '40.00' },
    after: { calls: 0, money: '0' },
    estimated: true,
  });
  const { items } = await listRescoredCalls(world.db, id, { limit: 10 });
  expect(items.map(({ call_id }) => call_id)).toEqual([paid, free]);

  expect(await decideRescore(world.db, id, 'publish', 'bob')).toBe(true);
  await work();
  expect(await getRescore(world.db, id)).toMatchObject({ state: 'published', decided_by: 'bob' });
  expect(await world.readCall(paid)).toMatchObject({ billable: 'no', billable_reason: 'not_bound' });
  const { published, drafts } = await world.scorecards.current();
  expect(published.find((one) => one.id === 'solar')!.version).toBe(draft.version);
  expect(drafts).toEqual([]);
  // the evaluation that stood before is kept
  const { rows } = await sql`select from evaluation where call_id = ${paid}`.execute(world.db);
  expect(rows).toHaveLength(2);
});

test('dropped results change nothing, and the draft stays a draft', async () => {
  const call = await world.addCall();
  await world.score(call);
  const before = await world.readCall(call);
  await draftDearer();
  const id = await createRescore(world.db, everything);
  await work();
  expect(await decideRescore(world.db, id, 'drop', 'bob')).toBe(true);
  expect(await world.readCall(call)).toEqual(before);
  expect((await world.scorecards.current()).drafts).toHaveLength(1);
  expect(await decideRescore(world.db, id, 'publish', 'bob')).toBe(false);
});

test('what another process began goes on where it stood, and calls judged already are not judged again', async () => {
  for (let i = 0; i < 130; i++) await world.addCall();
  const id = await createRescore(world.db, everything);
  const dying = new AbortController();
  let asked = 0;
  await work(async (input) => {
    if (++asked === 105) dying.abort();
    return judgeLocally(input);
  }, dying.signal);
  const stopped = await getRescore(world.db, id);
  expect(stopped).toMatchObject({ state: 'running', total: 130, done: 100 });
  asked = 0;
  await work(async (input) => {
    asked++;
    return judgeLocally(input);
  });
  expect(asked).toBe(30);
  expect(await getRescore(world.db, id)).toMatchObject({ state: 'ready', done: 130 });
});

test('a task whose process was killed is taken up after a minute of silence, not before', async () => {
  await world.addCall();
  const id = await createRescore(world.db, everything);
  expect(await claimRescore(world.db, 'killed', ['local'])).not.toBeNull();
  expect(await work()).toBe(false);
  await sql`update rescore set touched_at = now() - interval '61 seconds'`.execute(world.db);
  expect(await work()).toBe(true);
  expect(await getRescore(world.db, id)).toMatchObject({ state: 'ready', done: 1 });
});

test('a task by a judge that is not set up here is left for a process that has it, with advice', async () => {
  await world.addCall();
  const id = await createRescore(world.db, { ...everything, drafts: false, judge: 'model' });
  const late = async () => {
    await sql`update rescore set created_at = now() - interval '20 seconds',
      decided_at = decided_at - interval '20 seconds'`.execute(world.db);
    await explainWaiting(world.db, ['local']);
  };
  expect(await work()).toBe(false);
  await explainWaiting(world.db, ['local']);
  expect(await getRescore(world.db, id)).toMatchObject({ state: 'waiting', detail: null });
  await late();
  const { state, detail } = (await getRescore(world.db, id))!;
  expect(state).toBe('waiting');
  expect(detail).toContain('a process in which the judge "model" is set up');
  expect(detail).toContain('ARIA_JUDGE_URL');

  const judges = { local: judgeLocally, model: judgeLocally };
  const withModel = { ...world, judges, signal: new AbortController().signal };
  expect(await workOnRescore(withModel)).toBe(true);
  expect(await getRescore(world.db, id)).toMatchObject({ state: 'ready', detail: null, done: 1 });
  await decideRescore(world.db, id, 'publish', 'ann');
  // nothing is left to judge: anybody may
  expect(await work()).toBe(true);
  expect(await getRescore(world.db, id)).toMatchObject({ state: 'published' });
});

test('results are published by a process without the judge only where no call has to be judged again', async () => {
  const call = await world.addCall();
  const judges = { local: judgeLocally, model: judgeLocally };
  const withModel = { ...world, judges, signal: new AbortController().signal };
  const id = await createRescore(world.db, { ...everything, drafts: false, judge: 'model' });
  await workOnRescore(withModel);
  await decideRescore(world.db, id, 'publish', 'ann');
  await sql`update transcript set turns = jsonb_set(turns, '{3,text}', '"No, I rent."')`.execute(world.db);
  await world.score(call);
  expect(await work()).toBe(false);
  expect(await getRescore(world.db, id)).toMatchObject({ state: 'publishing' });
  expect(await workOnRescore(withModel)).toBe(true);
  expect(await getRescore(world.db, id)).toMatchObject({ state: 'published' });
});

test('a server that is away, or a day without money, puts a task off; a refusal stops it until it is resumed', async () => {
  await world.addCall();
  const id = await createRescore(world.db, { ...everything, drafts: false });
  const failing = (failure: Failure) => async () => {
    throw failure;
  };
  await work(failing(new Failure('score.provider-unavailable', 'soon', 'The server could not be reached.')));
  const away = (await getRescore(world.db, id))!;
  expect(away).toMatchObject({ state: 'running', done: 0 });
  expect(away.detail).toBe('The server could not be reached. It is tried again every minute.');
  expect(await work()).toBe(false);
  await decideRescore(world.db, id, 'resume', 'ann');
  const midnight = new Date('2126-03-02T00:00:00Z');
  await work(failing(new Failure('score.budget-spent', { at: midnight }, 'Spent.')));
  expect(await getRescore(world.db, id)).toMatchObject({
    state: 'running',
    due_at: midnight.toISOString(),
    detail: 'Spent. It goes on at 2126-03-02T00:00:00.000Z.',
  });
  expect(await work()).toBe(false);
  await sql`update rescore set due_at = now()`.execute(world.db);
  await work(failing(new Failure('score.provider-refused', 'park', 'The server refused with status 401.')));
  const failed = (await getRescore(world.db, id))!;
  expect(failed).toMatchObject({ state: 'failed', due_at: null });
  expect(failed.detail).toContain(`npx aria rescore resume ${id}`);
  expect(await work()).toBe(false);
  await decideRescore(world.db, id, 'resume', 'ann');
  expect(await work()).toBe(true);
  expect(await getRescore(world.db, id)).toMatchObject({ state: 'ready', done: 1, detail: null });
});

test('a correction survives judging again, also one made after the results were there', async () => {
  const [early, late] = [await world.addCall(), await world.addCall()];
  for (const id of [early, late]) await world.score(id);
  const rents = {
    field: 'answer',
    subject: 'owns_home',
    value: 'no',
    prospect_reason: null,
    turns: [3],
    reason: 'his son owns it',
  } as const;
  await reviewCall(early, [{ ...rents, turns: [3] }], 'ann', world);
  expect(await world.readCall(early)).toMatchObject({
    prospect: 'unqualified',
    reason: 'owns_home',
    billable: 'no',
  });

  const id = await createRescore(world.db, { ...everything, drafts: false });
  await work();
  expect((await summarizeRescore(world.db, id)).changed).toBe(0);
  await reviewCall(late, [{ ...rents, turns: [] }], 'ann', world);
  await decideRescore(world.db, id, 'publish', 'ann');
  await work();
  for (const call of [early, late])
    expect(await world.readCall(call)).toMatchObject({ prospect: 'unqualified', reason: 'owns_home' });
});

test('a call that was scored anew on other words is judged again when results are published', async () => {
  const call = await world.addCall();
  await world.score(call);
  const id = await createRescore(world.db, { ...everything, drafts: false });
  await work();
  const talk = JSON.stringify(
    (
      await sql<{ turns: { text: string }[] }>`select turns from transcript`.execute(world.db)
    ).rows[0]!.turns.map((turn, i) => (i === 3 ? { ...turn, text: 'No, I rent.' } : turn)),
  );
  await sql`update transcript set turns = ${talk}::jsonb`.execute(world.db);
  await world.score(call);
  await decideRescore(world.db, id, 'publish', 'ann');
  await work();
  expect(await world.readCall(call)).toMatchObject({ prospect: 'unqualified', reason: 'owns_home' });
});

test('calls of another scorecard are left out with the reason, or judged by the named one where that is asked', async () => {
  await world.addCall({ vertical: 'Medicare' });
  const { version } = world.solar.scorecard;
  const named = { ...everything, drafts: false, scorecard: 'solar', version };
  const id = await createRescore(world.db, named);
  await work();
  expect((await summarizeRescore(world.db, id)).skipped).toEqual([
    { why: 'another scorecard is meant for it: medicare', calls: 1 },
  ]);
  const all = await createRescore(world.db, { ...named, everyCall: true });
  await work();
  expect(await summarizeRescore(world.db, all)).toMatchObject({ judged: 1, skipped: [] });
});

test('judging again with the same findings adds no evaluation', async () => {
  const call = await world.addCall();
  await world.score(call);
  for (let i = 0; i < 2; i++) {
    await createRescore(world.db, { ...everything, drafts: false });
    await work();
  }
  const { rows } = await sql`select from evaluation where call_id = ${call}`.execute(world.db);
  expect(rows).toHaveLength(1);
});
