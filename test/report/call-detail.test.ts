import { afterAll, beforeAll, expect, test } from 'vitest';
import { getCall as route } from '../../src/contract/calls.ts';
import type { Database } from '../../src/db/database.ts';
import { type CallEvent, getCall } from '../../src/report/call-detail.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import {
  buildCall,
  buildConnection,
  buildEvaluation,
  buildEvent,
  buildTranscript,
  qualified,
} from './build-calls.ts';

const evidence = [{ turn: 0, quote: 'I own it', speaker: 'caller', start: 1.5, end: 2 }];
const answers = [
  { criterion: 'homeowner', value: 'yes', confidence: 0.9, evidence, note: null },
  { criterion: 'retired_one', value: 'unknown', confidence: 0, evidence: [], note: 'Nobody said.' },
];
const turns = [
  {
    speaker: 'caller',
    speakerConfidence: 1,
    start: 1.5,
    end: 2,
    text: 'I own it',
    words: [{ text: 'I', start: 1.5, end: 1.6, confidence: 0.8 }],
  },
];

/** The last event that has a field gives it. */
function mergeEvents(events: CallEvent[]) {
  const inOrder = events.toSorted((a, b) => a.arrival - b.arrival);
  const sources = inOrder.flatMap((event) => Object.keys(event.fields).map((field) => [field, event.id]));
  return { sources: Object.fromEntries(sources) as Record<string, string> };
}

const describeCriterion = (scorecard: string, version: string, criterion: string) =>
  criterion === 'homeowner' ? { question: `Own? (${scorecard} ${version})`, gate: true } : null;

const deps = { mergeEvents, describeCriterion };

let store: TestDatabase;
let db: Database;
beforeAll(async () => {
  store = await createTestDatabase();
  db = store.db;
});
afterAll(() => store.drop());

test('a call with answers, transcript, audio, and the event behind each field', async () => {
  const call = await buildCall(db, await buildConnection(db), { buyer_name: 'Acme', revenue: '5.00' });
  await buildEvaluation(db, call.id, qualified, [{ ...answers[0], criterion: 'of an earlier evaluation' }]);
  await buildEvaluation(db, call.id, qualified, answers);
  await buildTranscript(db, call.id, turns);
  const early = await buildEvent(db, call, { arrival: 1, fields: '{"buyer_name":"Acme","revenue":"1"}' });
  const late = await buildEvent(db, call, { arrival: 1751900000000001, fields: '{"revenue":"5.00"}' });
  await buildEvent(db, call, { arrival: 3, status: 'skipped', fields: '{"buyer_name":"Skipped"}' });

  const body = await getCall(db, call.id, deps);
  expect(route.response.parse(body)).toEqual(body);
  expect(body).toMatchObject({
    answers: [
      { criterion: 'homeowner', question: 'Own? (home-services 3)', gate: true, value: 'yes', evidence },
      { criterion: 'retired_one', question: 'retired_one', gate: false, note: 'Nobody said.' },
    ],
    transcript: { engine: 'local:test', language: 'en', simulated: true },
    simulated_transcript: true,
    audio: {
      url: `/v1/calls/${call.id}/audio`,
      seconds: 61.5,
      bytes: 1234,
      peaks: [
        [0, 255],
        [3, 7],
      ],
    },
    sources: { buyer_name: early, revenue: late },
  });
  expect(body?.transcript?.turns).toEqual([
    {
      ...turns[0],
      speakerConfidence: undefined,
      speaker_confidence: 1,
      words: [{ text: 'I', start: 1.5, end: 1.6 }],
    },
  ]);
});

test('the words behind disqualifier, result and flags', async () => {
  const call = await buildCall(db, await buildConnection(db));
  const disqualifier = { reason: 'wrong_number', evidence };
  const flagEvidence = [{ flag: 'abusive', evidence }];
  const outcome = { ...qualified, resultEvidence: evidence, disqualifier, flagEvidence };
  await buildEvaluation(db, call.id, outcome);
  const body = await getCall(db, call.id, deps);
  expect(route.response.parse(body)).toEqual(body);
  expect(body?.findings).toEqual({ disqualifier, result: evidence, flags: flagEvidence });
});

test('a call of which nothing but itself is known', async () => {
  const call = await buildCall(db, await buildConnection(db));
  const body = await getCall(db, call.id, deps);
  expect(body).toMatchObject({
    answers: [],
    transcript: null,
    audio: null,
    outcome: null,
    findings: null,
    sources: {},
    stages: [],
  });
});

test.each(['call_none', '', 'a\0b'])('there is no call %j', async (id) => {
  expect(await getCall(db, id, deps)).toBeNull();
});

test('the password in the address of a recording is shown to nobody', async () => {
  const connection = await buildConnection(store.db);
  const recording = 'https://user:secret@recordings.example.com/1.mp3?k=a@b';
  const { id } = await buildCall(store.db, connection, { recording });
  const call = await getCall(store.db, id, { mergeEvents, describeCriterion });
  expect(call?.recording).toBe('https://recordings.example.com/1.mp3?k=a@b');
});
