import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import type { Failure } from '../../src/domain/failure.ts';
import type { Turn } from '../../src/domain/transcript.ts';
import { judgeLocally } from '../../src/score/local/judge.ts';
import { makeScoreStage } from '../../src/score/score-stage.ts';
import { loadScorecards } from '../../src/score/scorecard-library.ts';
import { makeScorecardSet } from '../../src/score/scorecard-set.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const { all } = await loadScorecards(fileURLToPath(new URL('../../scorecards', import.meta.url)));
const scorecards = {
  current: async () => makeScorecardSet({ published: all }),
  find: async (id: string, version: string) =>
    all.find((one) => one.id === id && one.version === version) ?? null,
};
let database: TestDatabase;
let db: Database;
let calls = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
  await sql`insert into connection (id, name, platform, time_zone, currency, default_country, channel_layout)
    values ('con_1', 'one', 'generic', 'UTC', 'USD', 'US', 'caller-agent')`.execute(db);
  await sql`insert into recording (hash, bytes, content_type, codec, channels, sample_rate, seconds, peaks)
    values ('h', 1, 'audio/wav', 'pcm', 2, 8000, 60, '[]')`.execute(db);
});
afterAll(() => database.drop());

const turns = (lines: string[]): Turn[] =>
  lines.map((line, i) => ({
    speaker: line.startsWith('A') ? 'agent' : 'caller',
    speakerConfidence: 1,
    start: i * 4,
    end: i * 4 + 3,
    text: line.slice(2).trim(),
    words: [],
  }));

const talk = [
  'A: Sun Path on a recorded line, this is Mona.',
  'C: Hi, I want to ask about solar panels.',
  'A: Do you own the home?',
  'C: Yes, since 2011.',
  'A: And the electric bill?',
  'C: Two hundred and ten.',
];

async function makeCall(over: { vertical?: string | null; lines?: string[] | null } = {}): Promise<string> {
  const id = `call_${++calls}`;
  const vertical = over.vertical === undefined ? 'Solar' : over.vertical;
  await sql`insert into call (id, connection_id, call_instance_id, merged_rank, merged_arrival, vertical,
      call_date, connected_call_length, is_duplicate)
    values (${id}, 'con_1', ${id}, 1, 1, ${vertical}, now(), 95, false)`.execute(db);
  if (over.lines !== null) await setTranscript(id, over.lines ?? talk);
  return id;
}

async function setTranscript(id: string, lines: string[]) {
  await sql`insert into transcript (call_id, hash, language, engine, turns)
    values (${id}, 'h', 'en', 'test', ${JSON.stringify(turns(lines))}::jsonb)
    on conflict (call_id) do update set turns = excluded.turns`.execute(db);
}

const stage = () => makeScoreStage({ db, judge: judgeLocally, scorecards });

async function score(id: string) {
  const result = await stage()(id, new AbortController().signal);
  if (!('write' in result)) return result;
  await db.transaction().execute(result.write);
  return result;
}

async function stored(id: string) {
  const call = await sql<Record<string, unknown>>`select * from call where id = ${id}`.execute(db);
  const evaluations = await sql<{
    id: string;
    answers: { criterion: string; value: string; evidence: unknown[] }[];
  }>`
    select id, answers from evaluation where call_id = ${id} order by created_at`.execute(db);
  return { call: call.rows[0]!, evaluations: evaluations.rows };
}

test('writes evaluation and outcome, each yes and no with a quote', async () => {
  const id = await makeCall();
  await score(id);
  const { call, evaluations } = await stored(id);
  expect(call).toMatchObject({
    reached: 'conversation',
    prospect: 'qualified',
    reason: null,
    billable: 'yes',
    billable_reason: 'qualified',
    score: '100',
    flags: [],
  });
  expect(call.explanation).toContain('owns_home');
  expect(call.scored_at).toBeInstanceOf(Date);
  expect(evaluations).toHaveLength(1);
  expect(call.evaluation_id).toBe(evaluations[0]!.id);
  const settled = evaluations[0]!.answers.filter(({ value }) => value !== 'unknown');
  expect(settled.length).toBeGreaterThan(2);
  for (const { evidence } of settled) expect(evidence).not.toHaveLength(0);
});

test('running it twice replaces its own row; other words add one and become the current one', async () => {
  const id = await makeCall();
  await score(id);
  const first = await stored(id);
  await score(id);
  const again = await stored(id);
  expect(again.evaluations.map((one) => one.id)).toEqual(first.evaluations.map((one) => one.id));
  await setTranscript(id, [...talk.slice(0, 3), 'C: No, I rent.', ...talk.slice(4)]);
  await score(id);
  const changed = await stored(id);
  expect(changed.evaluations).toHaveLength(2);
  expect(changed.call).toMatchObject({ prospect: 'unqualified', reason: 'owns_home', billable: 'no' });
  expect(changed.call.evaluation_id).not.toBe(first.call.evaluation_id);
});

test('the scorecard of the connection goes before the vertical', async () => {
  const id = await makeCall({ vertical: 'timeshare' });
  await sql`update connection set scorecard = 'solar' where id = 'con_1'`.execute(db);
  try {
    await score(id);
    expect((await stored(id)).call.prospect).toBe('qualified');
  } finally {
    await sql`update connection set scorecard = null where id = 'con_1'`.execute(db);
  }
});

test.each([['timeshare'], [null]])(
  'vertical %s without a scorecard parks the call with advice',
  async (vertical) => {
    const id = await makeCall({ vertical });
    const failure = (await score(id).catch((error: unknown) => error)) as Failure;
    expect(failure).toMatchObject({ code: 'score.no-scorecard', retry: 'park' });
    expect((await stored(id)).call.prospect).toBeNull();
  },
);

test('a call without transcript is skipped', async () => {
  expect(await score(await makeCall({ lines: null }))).toEqual({ skip: 'the call has no transcript' });
});

test('a judge that invents quotes gets its answers turned into unknown', async () => {
  const id = await makeCall();
  const liar = makeScoreStage({
    db,
    scorecards,
    judge: async (input) => {
      const judged = await judgeLocally(input);
      const invent = { turn: 3, quote: 'I own three houses', speaker: 'caller' as const, start: 0, end: 1 };
      return {
        ...judged,
        judge: 'liar',
        answers: judged.answers.map((one) => ({ ...one, value: 'yes', evidence: [invent] })),
      };
    },
  });
  const result = await liar(id, new AbortController().signal);
  if ('write' in result) await db.transaction().execute(result.write);
  const { evaluations, call } = await stored(id);
  expect(evaluations[0]!.answers.every(({ value }) => value === 'unknown')).toBe(true);
  expect(call.billable).toBe('review');
});
