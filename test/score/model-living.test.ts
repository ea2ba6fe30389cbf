import { sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import type { CallBody } from '../../src/contract/calls.ts';
import type { RescoreBody } from '../../src/contract/rescores.ts';
import { wakeRefused } from '../../src/score/model/wake-refused.ts';
import { startWorld, type World } from '../support/world.ts';
import { type JudgingWorld, qualifiedTalk, startJudgingWorld } from './judging-world.ts';
import { type Asked, completion, type Reply, startModelServer } from './model-server.ts';

/** A whole Aria beside a model server: what docs/model-judge.md promises, over HTTP and the pipeline. */
let world: World;
let judging: JudgingWorld;
let server: Awaited<ReturnType<typeof startModelServer>>;
let reply: (asked: Asked) => Reply;

afterEach(async () => {
  await world.stop();
  server.stop();
});

async function start(env: Record<string, string> = {}) {
  server = await startModelServer((asked) => reply(asked));
  world = await startWorld({
    env: { ARIA_JUDGE_URL: server.url, ARIA_JUDGE_MODEL: 'm', ARIA_JUDGE_KEY: 'k', ...env },
  });
  judging = await startJudgingWorld(world.db);
}

const prices = { ARIA_JUDGE_INPUT_PRICE: '2', ARIA_JUDGE_OUTPUT_PRICE: '10' };
const claims = {
  answers: [
    {
      criterion: 'owns_home',
      value: 'yes',
      confidence: 0.9,
      quotes: [{ turn: 3, quote: 'Yes, since 2011.' }],
    },
    {
      criterion: 'bill_100',
      value: 'no',
      confidence: 0.9,
      quotes: [{ turn: 5, quote: 'Two hundred and ten.' }],
    },
  ],
  disqualifier: null,
  result: { value: 'none', quotes: [] },
  flags: [],
};
const good = () => completion(JSON.stringify(claims));

/** A call that has just been transcribed. */
async function addCall(last: string): Promise<string> {
  const id = await judging.addCall({ lines: [...qualifiedTalk, last] });
  await sql`insert into call_stage (call_id, stage, state) values (${id}, 'score', 'waiting')`.execute(
    world.db,
  );
  return id;
}

const settled = (id: string, states: string[]) => world.waitForStage(id, 'score', states);
const scoreOf = (call: CallBody) => call.stages.find(({ stage }) => stage === 'score')!;
const answerOf = (call: CallBody, id: string) => call.answers.find(({ criterion }) => criterion === id)!;

test.each<[string, Reply]>([
  ['a wrong key', { status: 401, body: '{"error":{"message":"no such key"}}' }],
  ['no credit', { status: 429, body: '{"error":{"code":"insufficient_quota"}}' }],
])('%s parks each call with one advice; mended, one finds out and all go on', async (_, refusal) => {
  await start();
  reply = () => refusal;
  const ids = [await addCall('C: Bye.'), await addCall('C: Good bye.')];
  for (const id of ids) {
    const call = await settled(id, ['parked']);
    expect(scoreOf(call).error).toMatchObject({ code: 'score.provider-refused' });
    expect(scoreOf(call).error!.advice).toContain('npx aria rerun --stage score --state parked');
  }
  reply = good;
  await wakeRefused(world.db, { usesModel: true, probes: true });
  for (const id of ids) expect((await settled(id, ['done'])).outcome!.judge).toBe('model:m');
});

test('tokens and price stand with the call; the same words are paid once; the day has an end', async () => {
  await start({ ...prices, ARIA_JUDGE_DAILY_USD: '0.005' });
  reply = good;
  const id = await addCall('C: Bye.');
  const call = await settled(id, ['done']);
  const requests = server.asked.length;
  expect(call.model_use).toMatchObject({ models: ['m'], requests, input_tokens: 1_000 * requests });
  expect(Number(call.model_use!.cost_usd)).toBeCloseTo(requests * 0.003, 9);
  expect(Number(scoreOf(call).cost)).toBeCloseTo(requests * 0.003, 9);

  await world.api(`/v1/calls/${id}/rerun`, { body: { stage: 'score' } });
  await settled(id, ['done']);
  expect(server.asked).toHaveLength(requests);

  const other = await addCall('C: See you.');
  const waiting = scoreOf(await settled(other, ['retrying']));
  expect(waiting.error).toMatchObject({ code: 'score.budget-spent' });
  expect(new Date(waiting.due_at!).toISOString()).toMatch(/T00:00:00.000Z$/);
  expect(server.asked).toHaveLength(requests);
  // the next day
  await sql`update model_answer set asked_at = asked_at - interval '1 day'`.execute(world.db);
  await sql`update call_stage set due_at = now() where call_id = ${other}`.execute(world.db);
  expect((await settled(other, ['done'])).outcome!.judge).toBe('model:m');
});

test('with the local judge as a check, what it hears differently is doubted and said', async () => {
  await start({ ARIA_JUDGE: 'model+local' });
  reply = good;
  const call = await settled(await addCall('C: Bye.'), ['done']);
  expect(call.outcome!.judge).toBe('model:m+local');
  expect(answerOf(call, 'owns_home')).toMatchObject({ value: 'yes', confidence: 0.9, note: null });
  expect(answerOf(call, 'bill_100')).toMatchObject({ value: 'no', confidence: 0.45 });
  expect(answerOf(call, 'bill_100').note).toBe('the local judge heard yes');
});

test.each<[string, Reply, string]>([
  ['is cut off', completion('{"answers":[{"crit', 'length'), 'cut off'],
  ['refuses', completion('', 'content_filter'), 'refused to speak'],
  ['has another shape', completion('{"verdict":"qualified"}'), 'does not fit the questions'],
])('an answer that %s is tried again', async (_, answer, detail) => {
  await start();
  reply = () => answer;
  const id = await addCall('C: Bye.');
  const { error } = scoreOf(await settled(id, ['retrying']));
  expect(error).toMatchObject({ code: 'score.bad-answer' });
  expect(error!.detail).toContain(detail);
  reply = good;
  await sql`update call_stage set due_at = now() where call_id = ${id}`.execute(world.db);
  await settled(id, ['done']);
});

test('judging again by the model, with the local judge in force, waits for credit and goes on', async () => {
  await start({ ARIA_JUDGE: 'local' });
  const id = await addCall('C: Bye.');
  expect((await settled(id, ['done'])).outcome!.judge).toMatch(/^local/);
  reply = () => ({ status: 402, body: '{}' });
  const state = async (rescore: string, wanted: string) => {
    const deadline = Date.now() + 20_000;
    for (;;) {
      const now = await world.api<RescoreBody>(`/v1/rescores/${rescore}`);
      if (now.state === wanted) return now;
      if (Date.now() > deadline) throw new Error(JSON.stringify(now));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const made = await world.api<RescoreBody>('/v1/rescores', { body: { judge: 'model' } });
  expect((await state(made.id, 'failed')).detail).toContain('Mend that');
  reply = good;
  await world.api(`/v1/rescores/${made.id}/decision`, { body: { decision: 'resume' } });
  await state(made.id, 'ready');
  await world.api(`/v1/rescores/${made.id}/decision`, { body: { decision: 'publish' } });
  await state(made.id, 'published');
  const call = await world.api<CallBody>(`/v1/calls/${id}`);
  expect(call.outcome).toMatchObject({ judge: 'model:m', prospect: 'unqualified', reason: 'bill_100' });
});
