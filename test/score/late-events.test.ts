import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { connectPool } from '../../src/db/database.ts';
import { type EventKind, kindRank } from '../../src/domain/event.ts';
import { Failure } from '../../src/domain/failure.ts';
import { mergeEvents } from '../../src/normalize/merge.ts';
import { rerunCall } from '../../src/pipeline/rerun.ts';
import { runStage, startStage } from '../../src/pipeline/run-stage.ts';
import { type StoredEvent, storeEvents } from '../../src/receive/event-store.ts';
import { foldCalls } from '../../src/receive/fold-calls.ts';
import type { Judge } from '../../src/score/judge.ts';
import { judgeLocally } from '../../src/score/local/judge.ts';
import { saveRules } from '../../src/score/save-scorecard.ts';
import { makeScoreStage } from '../../src/score/score-stage.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type JudgingWorld, startJudgingWorld } from './judging-world.ts';

let database: TestDatabase;
let pool: pg.Pool;
let world: JudgingWorld;
let asked = 0;
let isBroken = false;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = connectPool(database.url, 1);
  world = await startJudgingWorld(database.db);
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});
beforeEach(() => {
  asked = 0;
  isBroken = false;
});
afterEach(async () => {
  await sql`delete from call`.execute(world.db);
  await saveRules(world.db, []);
});

const judge: Judge = async (input) => {
  asked++;
  if (isBroken) throw new Failure('score.bad-answer', 'soon', 'No answer can be read.');
  return judgeLocally(input);
};

let arrivals = 100;
/** Stores an event as the webhook does. */
async function arrive(id: string, fields: object, kind: EventKind = 'completed'): Promise<StoredEvent> {
  const arrival = ++arrivals;
  const [stored] = await storeEvents(pool, [
    {
      id: `evt_${arrival}`,
      newCallId: id,
      connectionId: 'con_1',
      callInstanceId: id,
      arrival,
      fingerprint: createHash('sha256').update(String(arrival)).digest(),
      status: 'accepted',
      kind,
      rank: kindRank(kind),
      isTest: false,
      method: 'POST',
      query: '',
      contentType: 'application/json',
      body: Buffer.from('{}'),
      fields: JSON.stringify(fields),
      extra: '{}',
      warnings: '[]',
      mappingVersion: null,
    },
  ]);
  return stored!;
}

/** Works on stages as relay and workers do, with two retries at once, until nothing is due. @returns how many jobs */
async function work(): Promise<number> {
  const deps = {
    db: world.db,
    schedule: [0, 0],
    signal: new AbortController().signal,
    handler: makeScoreStage({ ...world, judge }),
    logBug: (error: unknown) => {
      throw error;
    },
  };
  for (let jobs = 0; ; ) {
    const { rows } = await sql<{ call_id: string; run: number }>`
      update call_stage set state = 'queued' where state in ('waiting', 'retrying') returning call_id, run`.execute(
      world.db,
    );
    if (rows.length === 0) return jobs;
    jobs += rows.length;
    for (const { call_id, run } of rows) await runStage('score', { callId: call_id, run }, deps);
  }
}

async function begin(id: string): Promise<void> {
  await world.db.transaction().execute((tx) => startStage(tx, id, 'score'));
  await work();
}

async function stage(id: string) {
  const { rows } = await sql<Record<string, unknown>>`
    select state, run, attempts, input, error_code from call_stage where call_id = ${id}`.execute(world.db);
  return rows[0];
}

async function setStage(id: string, state: string, more: { attempts?: number; code?: string } = {}) {
  await sql`update call_stage set state = ${state}, attempts = ${more.attempts ?? 1},
    error_code = ${more.code ?? null} where call_id = ${id}`.execute(world.db);
}

test.each([
  ['the vertical', { vertical: 'Solar' }],
  ['the campaign that a rule gives a scorecard', { campaign_name: 'Sun North' }],
  ['the buyer that a rule gives a scorecard', { buyer_name: 'Moves' }],
])('a call for which no scorecard was meant is scored when a late event names %s', async (_, fields) => {
  const rule = { connectionId: null, vertical: null, note: '', scorecard: 'solar', version: null };
  await saveRules(world.db, [
    { ...rule, campaignName: 'sun north', buyerName: null },
    { ...rule, campaignName: null, buyerName: 'moves' },
  ]);
  const id = await world.addCall({ vertical: '' });
  await begin(id);
  expect(await stage(id)).toMatchObject({ state: 'parked', error_code: 'score.no-scorecard' });
  await arrive(id, { zip_code: '90210' });
  expect(await work()).toBe(1);
  expect(await stage(id)).toMatchObject({ state: 'parked' });
  await arrive(id, fields);
  await work();
  expect(await stage(id)).toMatchObject({ state: 'done', error_code: null });
  expect(await world.readCall(id)).toMatchObject({ billable: 'yes', meant_for: 'solar' });
});

test('a call whose judging failed for good is tried once more per late event', async () => {
  const id = await world.addCall();
  isBroken = true;
  await begin(id);
  expect(await stage(id)).toMatchObject({ state: 'failed', attempts: 3 });
  for (const [place, seconds] of [120, 130, 140].entries()) {
    asked = 0;
    await arrive(id, { connected_call_length: seconds });
    await work();
    expect(asked).toBe(1);
    expect(await stage(id)).toMatchObject({ state: 'failed', run: place + 2, attempts: place + 4 });
  }
  isBroken = false;
  await arrive(id, { is_duplicate: true });
  await work();
  expect(await stage(id)).toMatchObject({ state: 'done', error_code: null });
  expect(await world.readCall(id)).toMatchObject({ billable: 'no', billable_reason: 'duplicate' });
});

test('several events before the next try are one try, and one that comes meanwhile starts it anew, once', async () => {
  const id = await world.addCall();
  isBroken = true;
  await begin(id);
  asked = 0;
  for (const seconds of [120, 130, 140]) await arrive(id, { connected_call_length: seconds });
  await work();
  expect(asked).toBe(1);
  await setStage(id, 'running', { attempts: 5, code: 'score.bad-answer' });
  await arrive(id, { connected_call_length: 150 });
  asked = 0;
  await work();
  expect(asked).toBe(1);
  expect(await stage(id)).toMatchObject({ state: 'failed', attempts: 5 });
});

test('an outcome that stands while judging anew fails is decided by the new fact once judging goes', async () => {
  const id = await world.addCall();
  await begin(id);
  isBroken = true;
  await rerunCall(world.db, id, 'score');
  await work();
  expect(await world.readCall(id)).toMatchObject({ billable: 'yes' });
  expect(await stage(id)).toMatchObject({ state: 'failed', input: null });
  isBroken = false;
  asked = 0;
  await arrive(id, { is_duplicate: true });
  await work();
  // judging anew was asked for, so it is what is done
  expect(asked).toBe(1);
  expect(await world.readCall(id)).toMatchObject({ billable: 'no', billable_reason: 'duplicate' });
});

test('what was skipped is scored where there is a transcript, and skipped again where there is none', async () => {
  const id = await world.addCall();
  const without = await world.addCall();
  await sql`delete from transcript where call_id = ${without}`.execute(world.db);
  await begin(without);
  await begin(id);
  await sql`update call set evaluation_id = null where id = ${id}`.execute(world.db);
  await setStage(id, 'skipped');
  asked = 0;
  for (const call of [id, without]) await arrive(call, { connected_call_length: 150 });
  expect(await work()).toBe(2);
  expect(asked).toBe(1);
  expect(await stage(id)).toMatchObject({ state: 'done' });
  expect(await stage(without)).toMatchObject({ state: 'skipped', attempts: 1 });
});

test('a call on which every process died waits for a person', async () => {
  const id = await world.addCall();
  await begin(id);
  await setStage(id, 'failed', { attempts: 6, code: 'interrupted' });
  await arrive(id, { is_duplicate: true });
  expect(await work()).toBe(0);
  await rerunCall(world.db, id, 'score');
  await work();
  expect(await stage(id)).toMatchObject({ state: 'done', attempts: 1 });
});

test('an outcome that was decided before an event was put into its place is decided again', async () => {
  const id = await world.addCall();
  await sql`delete from call where id = ${id}`.execute(world.db);
  await arrive(id, { vertical: 'Solar', connected_call_length: 95, is_duplicate: false, revenue: '40' });
  await sql`insert into transcript (call_id, hash, language, engine, turns)
    select ${id}, 'h', 'en', 'test', jsonb_build_array(
      '{"speaker": "agent", "speakerConfidence": 1, "start": 0, "end": 3, "text": "Do you own the home?", "words": []}'::jsonb,
      '{"speaker": "caller", "speakerConfidence": 1, "start": 4, "end": 7, "text": "Yes.", "words": []}'::jsonb)`.execute(
    world.db,
  );
  await begin(id);
  const early = await arrive(id, { is_duplicate: true }, 'incoming');
  expect(early.stale).toBe(true);
  await work();
  expect(await world.readCall(id)).toMatchObject({ billable_reason: 'duplicate' });
  await foldCalls(world.db, mergeEvents, [id]);
  asked = 0;
  await work();
  expect(asked).toBe(0);
  const folded = await world.readCall(id);
  expect(folded).toMatchObject({ is_duplicate: false, stale: false });
  expect(folded.billable_reason).not.toBe('duplicate');
});
