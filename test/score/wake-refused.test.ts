import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { wakeRefused } from '../../src/score/model/wake-refused.ts';
import { type JudgingWorld, startJudgingWorld } from './judging-world.ts';

let world: JudgingWorld;
beforeAll(async () => {
  world = await startJudgingWorld();
});
afterAll(() => world.drop());

const withModel = { usesModel: true, probes: true };

beforeEach(async () => {
  await sql`delete from call`.execute(world.db);
  for (const minute of [1, 2, 3]) {
    const id = await world.addCall();
    await sql`insert into call_stage (call_id, stage, state, error_code, finished_at)
      values (${id}, 'score', 'parked', 'score.provider-refused', ${`2026-03-01T12:0${minute}:00Z`})`.execute(
      world.db,
    );
  }
});

async function states(): Promise<string[]> {
  const { rows } = await sql<{ state: string }>`
    select state from call_stage where stage = 'score' order by finished_at`.execute(world.db);
  return rows.map(({ state }) => state);
}

async function answer(at: string): Promise<void> {
  await sql`insert into model_answer (key, call_id, asked_at, model, answer, input_tokens, output_tokens)
    select 'k', min(id), ${at}, 'm', '{}', 1, 1 from call`.execute(world.db);
}

test('one call finds out, no more often than it may', async () => {
  expect(await wakeRefused(world.db, { ...withModel, probes: false })).toBe('left');
  expect(await wakeRefused(world.db, withModel)).toBe('probed');
  expect(await states()).toEqual(['waiting', 'parked', 'parked']);
});

test('once one was answered after the last refusal, all go on', async () => {
  await answer('2026-03-01T12:02:30Z');
  expect(await wakeRefused(world.db, { ...withModel, probes: false })).toBe('left');
  await sql`delete from model_answer`.execute(world.db);
  await answer('2026-03-01T12:03:30Z');
  expect(await wakeRefused(world.db, { ...withModel, probes: false })).toBe('woken');
  expect(await states()).toEqual(['waiting', 'waiting', 'waiting']);
  expect(await wakeRefused(world.db, withModel)).toBe('none');
});

test('where new calls are judged without a model, all go on; what waits for something else stays', async () => {
  await sql`update call_stage set error_code = 'score.no-scorecard'
    where finished_at = '2026-03-01T12:01:00Z'`.execute(world.db);
  expect(await wakeRefused(world.db, { usesModel: false, probes: false })).toBe('woken');
  expect(await states()).toEqual(['parked', 'waiting', 'waiting']);
});
