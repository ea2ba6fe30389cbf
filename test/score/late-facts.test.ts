import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { factsOnly } from '../../src/domain/stage.ts';
import { rerunCall } from '../../src/pipeline/rerun.ts';
import type { Judge } from '../../src/score/judge.ts';
import { judgeLocally } from '../../src/score/local/judge.ts';
import { createRescore, decideRescore } from '../../src/score/rescore/rescore-store.ts';
import { workOnRescore } from '../../src/score/rescore/rescorer.ts';
import { reviewCall } from '../../src/score/review-call.ts';
import { publishVersion, saveDraft, saveRules } from '../../src/score/save-scorecard.ts';
import { makeScoreStage } from '../../src/score/score-stage.ts';
import { type JudgingWorld, startJudgingWorld } from './judging-world.ts';

let world: JudgingWorld;
beforeAll(async () => {
  world = await startJudgingWorld();
});
afterAll(() => world.drop());

const signal = new AbortController().signal;

/** A judge of another name, that counts how often it is asked. */
function countingJudge(): { judge: Judge; asked: () => number } {
  let asked = 0;
  const judge: Judge = async (input) => {
    asked++;
    return { ...(await judgeLocally(input)), judge: 'other' };
  };
  return { judge, asked: () => asked };
}

async function run(id: string, judge: Judge): Promise<void> {
  const result = await makeScoreStage({ ...world, judge })(id, signal);
  if ('write' in result) await world.db.transaction().execute(result.write);
}

/** As the webhook's statement leaves the stage of a scored call about which an event came. */
async function setFacts(id: string, facts: { seconds?: number; duplicate?: boolean; date?: string }) {
  await sql`update call set connected_call_length = ${facts.seconds ?? 95},
    is_duplicate = ${facts.duplicate ?? false}, call_date = ${facts.date ?? '2025-11-05T15:00:00Z'}
    where id = ${id}`.execute(world.db);
  await sql`insert into call_stage (call_id, stage, state, input) values (${id}, 'score', 'waiting', ${factsOnly})
    on conflict (call_id, stage) do update set input = excluded.input, state = 'waiting'`.execute(world.db);
}

async function judgedBy(id: string): Promise<{ judge: string; scorecard_version: string }[]> {
  const { rows } = await sql<{ judge: string; scorecard_version: string }>`
    select e.judge, e.scorecard_version from call c join evaluation e on e.id = c.evaluation_id
    where c.id = ${id}`.execute(world.db);
  return rows;
}

test('facts that come late decide the outcome again, by the answers of the judge that gave them', async () => {
  const id = await world.addCall();
  await world.score(id);
  expect(await world.readCall(id)).toMatchObject({ billable: 'yes', billed_not_qualified: false });
  const { judge, asked } = countingJudge();
  await setFacts(id, { duplicate: true });
  await run(id, judge);
  expect(asked()).toBe(0);
  expect(await world.readCall(id)).toMatchObject({
    billable: 'no',
    billable_reason: 'duplicate',
    prospect: 'qualified',
    billed_not_qualified: true,
  });
  expect((await judgedBy(id))[0]!.judge).not.toBe('other');
  const { rows } = await sql<{ billable: string }>`
    select outcome ->> 'billable' as billable from evaluation where call_id = ${id} order by created_at`.execute(
    world.db,
  );
  expect(rows.map(({ billable }) => billable)).toEqual(['yes', 'no']);
});

test('a correction stays in force when facts come late', async () => {
  const id = await world.addCall();
  await world.score(id);
  const said = {
    field: 'answer',
    subject: 'owns_home',
    value: 'no',
    reason: "the deed is another's",
  } as const;
  await reviewCall(id, [{ ...said, prospect_reason: null, turns: [3] }], 'ann', world);
  await setFacts(id, { seconds: 300 });
  await run(id, countingJudge().judge);
  expect(await world.readCall(id)).toMatchObject({ prospect: 'unqualified', reason: 'owns_home' });
});

test('a call that has another date than it was judged by is judged again', async () => {
  const id = await world.addCall();
  await world.score(id);
  const { judge, asked } = countingJudge();
  await setFacts(id, { date: '2025-12-24T15:00:00Z' });
  await run(id, judge);
  expect(asked()).toBe(1);
});

test('a call that is meant for another scorecard now is judged again, but not for a newer version', async () => {
  const { db, solar } = world;
  const id = await world.addCall({ buyer: 'Moves' });
  await world.score(id);
  const [first] = await judgedBy(id);
  const source = `${solar.source}\n# newer\n`;
  const { version } = await saveDraft(db, { source, shared: solar.shared }, 'ann', 'draft');
  await publishVersion(db, 'solar', null, 'ann');
  const { judge, asked } = countingJudge();
  await setFacts(id, { seconds: 200 });
  await run(id, judge);
  expect(asked()).toBe(0);
  expect((await judgedBy(id))[0]!.scorecard_version).toBe(first!.scorecard_version);
  expect(version).not.toBe(first!.scorecard_version);

  const rule = { connectionId: null, vertical: null, campaignName: null, note: '' };
  await saveRules(db, [{ ...rule, buyerName: 'moves', scorecard: 'medicare', version: null }]);
  await run(id, judge);
  expect(asked()).toBe(1);
  await saveRules(db, []);
});

test('a call of another date is judged again by the version that stands, and once', async () => {
  const { db, solar } = world;
  const id = await world.addCall();
  await world.score(id);
  const [first] = await judgedBy(id);
  await saveDraft(db, { source: `${solar.source}\n# newest\n`, shared: solar.shared }, 'ann', 'draft');
  await publishVersion(db, 'solar', null, 'ann');
  const { judge, asked } = countingJudge();
  await setFacts(id, { date: '2025-11-06T15:00:00Z' });
  await run(id, judge);
  await setFacts(id, { date: '2025-11-06T15:00:00Z', seconds: 300 });
  await run(id, judge);
  expect(asked()).toBe(1);
  expect(await judgedBy(id)).toEqual([{ ...first, judge: 'other' }]);
});

/** What a published rescore left in force for a call of the vertical `vertical`, by a scorecard not meant for it. */
async function publishEveryCall(id: string) {
  const { db, scorecards } = world;
  const set = await scorecards.current();
  const medicare = set.published.find((one) => one.id === 'medicare')!;
  const task = await createRescore(db, {
    from: null,
    to: null,
    connectionId: null,
    scorecard: 'medicare',
    version: medicare.version,
    drafts: false,
    everyCall: true,
    judge: 'local',
    createdBy: 'ann',
  });
  const deps = { db, scorecards, judges: { local: judgeLocally }, signal };
  await workOnRescore(deps, task);
  await decideRescore(db, task, 'publish', 'ann');
  await workOnRescore(deps, task);
  expect(await judgedBy(id)).toMatchObject([{ scorecard_version: medicare.version }]);
  return medicare.version;
}

test.each(['Solar', 'a vertical without a scorecard'])(
  'what a rescore published by a scorecard of its own choice stays, on a call of %s',
  async (vertical) => {
    const id = await world.addCall({ vertical });
    if (vertical === 'Solar') await world.score(id);
    const version = await publishEveryCall(id);
    const { judge, asked } = countingJudge();
    await setFacts(id, { duplicate: true });
    await run(id, judge);
    expect(asked()).toBe(0);
    expect(await judgedBy(id)).toMatchObject([{ scorecard_version: version }]);
    expect(await world.readCall(id)).toMatchObject({ billable: 'no', billable_reason: 'duplicate' });

    await sql`update call set vertical = 'Debt relief' where id = ${id}`.execute(world.db);
    await run(id, judge);
    expect(asked()).toBe(1);
    expect((await judgedBy(id))[0]!.scorecard_version).not.toBe(version);
  },
);

test('what a rescore published beside the version that a rule names stays', async () => {
  const { db, solar } = world;
  const id = await world.addCall({ buyer: 'Pinned' });
  const [rule] = [{ connectionId: null, vertical: null, campaignName: null, note: '', buyerName: 'pinned' }];
  await saveRules(db, [{ ...rule!, scorecard: 'solar', version: solar.scorecard.version }]);
  await world.score(id);
  const version = await publishEveryCall(id);
  const { judge, asked } = countingJudge();
  await setFacts(id, { duplicate: true });
  await run(id, judge);
  expect(asked()).toBe(0);
  expect(await judgedBy(id)).toMatchObject([{ scorecard_version: version }]);
  await saveRules(db, []);
});

test('a rescore that is published while an outcome is decided again stays in force', async () => {
  const id = await world.addCall();
  await world.score(id);
  await setFacts(id, { duplicate: true });
  const result = await makeScoreStage({ ...world, judge: judgeLocally })(id, signal);
  const version = await publishEveryCall(id);
  if ('write' in result) await world.db.transaction().execute(result.write);
  expect(await judgedBy(id)).toMatchObject([{ scorecard_version: version }]);
});

test('a rerun that somebody asks for asks the judge', async () => {
  const id = await world.addCall();
  await world.score(id);
  await setFacts(id, {});
  await rerunCall(world.db, id, 'score');
  const { judge, asked } = countingJudge();
  await run(id, judge);
  expect(asked()).toBe(1);
});

test('a correction made while a judge is thinking counts', async () => {
  const id = await world.addCall();
  await world.score(id);
  const result = await makeScoreStage({ ...world, judge: judgeLocally })(id, signal);
  const said = { field: 'billable', subject: '', value: 'no', reason: 'a credit was agreed' } as const;
  await reviewCall(id, [{ ...said, prospect_reason: null, turns: [] }], 'ann', world);
  if ('write' in result) await world.db.transaction().execute(result.write);
  expect(await world.readCall(id)).toMatchObject({ billable: 'no', billable_reason: 'reviewed' });
});
