import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Turn } from '../../src/domain/transcript.ts';
import { getCall } from '../../src/report/call-detail.ts';
import { answerRecord, modelCost } from '../../src/score/model/answer-record.ts';
import { makeModelJudge, questionsPerRequest } from '../../src/score/model/model-judge.ts';
import { connectModelServer } from '../../src/score/model/model-server.ts';
import { loadScorecards } from '../../src/score/scorecard-library.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { completion, startModelServer } from './model-server.ts';

const folder = fileURLToPath(new URL('../../scorecards', import.meta.url));
const solar = (await loadScorecards(folder)).byId('solar')!;
const requests = 1 + Math.ceil(solar.criteria.length / questionsPerRequest);
const talk = [
  'Sun Path on a recorded line, this is Mona, how can I help?',
  'Hi, I saw your advert and want to ask about solar panels.',
  'Sure. Do you own the home?',
  'Yes, I own it, we bought it in ninety eight.',
  'And what is your electric bill in a usual month?',
];
/** The call with these last words. */
function ending(last: string): Turn[] {
  return [...talk, last].map((text, i) => ({
    speaker: i % 2 === 0 ? 'agent' : 'caller',
    speakerConfidence: 1,
    start: i * 5,
    end: i * 5 + 4,
    text,
    words: [],
  }));
}
const turns = ending('About two hundred dollars.');
const claims = JSON.stringify({
  answers: [],
  disqualifier: null,
  result: { value: 'none', quotes: [] },
  flags: [],
});

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await sql`insert into connection (id, name, platform, time_zone, currency, default_country, channel_layout)
    values ('con_x', 'x', 'generic', 'UTC', 'USD', 'US', 'mono')`.execute(database.db);
  for (const id of ['call_a', 'call_b', 'call_c'])
    await sql`insert into call (id, connection_id, call_instance_id, merged_rank, merged_arrival)
      values (${id}, 'con_x', ${id}, 0, 0)`.execute(database.db);
});
afterAll(() => database.drop());

async function start(dailyUsd: number | null, now = new Date('2026-03-01T22:00:00Z')) {
  let failAt = 0;
  const server = await startModelServer(() =>
    server.asked.length === failAt ? { status: 500, body: '{}' } : completion(claims),
  );
  const ask = connectModelServer({
    url: server.url,
    key: null,
    model: 'm',
    timeoutMs: 5_000,
    fetch,
    onLack: () => {},
  });
  const prices = { input: 2, output: 10 };
  const record = answerRecord({ db: database.db, model: 'm', prices, dailyUsd, now: () => now });
  const judge = makeModelJudge({ model: 'm', ask, record, crossCheck: false });
  return {
    asked: server.asked,
    stop: server.stop,
    failAt(request: number) {
      failAt = request;
    },
    judge: (callId: string, words = turns) =>
      judge({ turns: words, scorecard: solar, callDate: null, callId }),
  };
}

test('what was asked once is not paid again, and the cost stands with its call', async () => {
  const { asked, judge, stop } = await start(null);
  const first = await judge('call_a');
  expect(await judge('call_a')).toEqual(first);
  expect(asked).toHaveLength(requests);
  const { rows } = await sql<{ cost: string; input: number }>`
    select sum(cost_usd) as cost, sum(input_tokens)::int as input from model_answer where call_id = 'call_a'`.execute(
    database.db,
  );
  expect(Number(rows[0]!.cost)).toBeCloseTo(requests * ((1_000 * 2 + 100 * 10) / 1e6), 9);
  expect(rows[0]!.input).toBe(requests * 1_000);
  expect(Number(await modelCost(database.db, 'call_a'))).toBeCloseTo(Number(rows[0]!.cost), 9);
  expect(await modelCost(database.db, 'call_c')).toBeNull();
  const shown = await getCall(database.db, 'call_a', {
    mergeEvents: () => ({ sources: {} }),
    describeCriterion: () => null,
  });
  expect(shown?.model_use).toMatchObject({ models: ['m'], requests, output_tokens: requests * 100 });
  stop();
});

test('other words of the call are another question', async () => {
  const { asked, judge, stop } = await start(null);
  await judge('call_a', ending('About ninety dollars.'));
  expect(asked).toHaveLength(requests);
  stop();
});

test('a call that failed half way goes on from there', async () => {
  const { asked, judge, failAt, stop } = await start(null);
  const words = ending('Three hundred and ten.');
  failAt(2);
  await expect(judge('call_b', words)).rejects.toMatchObject({ code: 'score.provider-unavailable' });
  const before = asked.length;
  await judge('call_b', words);
  expect(asked.length - before).toBe(requests - 1);
  stop();
});

test('a day has an end of money: calls wait until midnight UTC, then go on', async () => {
  const words = ending('It was one fifty last month.');
  const late = await start(0.001);
  await expect(late.judge('call_c', words)).rejects.toMatchObject({
    code: 'score.budget-spent',
    retry: { at: new Date('2026-03-02T00:00:00Z') },
  });
  expect(late.asked).toHaveLength(0);
  late.stop();
  const next = await start(0.5, new Date('2026-03-02T00:00:01Z'));
  await next.judge('call_c', words);
  expect(next.asked).toHaveLength(requests);
  next.stop();
});
