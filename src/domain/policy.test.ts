import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Answer, Judgement } from './answer.ts';
import { flagValues, notAProspectReasons, reachedValues, resultValues } from './outcome.ts';
import { decideOutcome } from './policy.ts';
import type { Criterion, Scorecard } from './scorecard.ts';

const criterion = (id: string, over: Partial<Criterion>): Criterion => ({
  id,
  question: id,
  kind: 'yes_no',
  choices: [],
  heardFrom: 'caller',
  gate: false,
  intent: false,
  weight: 1,
  autoFail: false,
  requiredText: null,
  examples: { yes: [], no: [] },
  listen: {
    asks: [],
    asksReversed: [],
    topic: [],
    yes: [],
    no: [],
    replyYes: [],
    replyNo: [],
    agentYes: [],
    agentNo: [],
    amount: null,
    date: null,
    absent: null,
    impliesNo: [],
    settledBy: [],
    acceptedSilently: true,
  },
  ...over,
});

const scorecard: Scorecard = {
  id: 'roof',
  version: '1+0',
  title: 'Roof',
  aliases: [],
  criteria: [
    criterion('owner', { gate: true, weight: 3 }),
    criterion('area', { gate: true }),
    criterion('disclosed', { autoFail: true }),
  ],
  disqualifiers: [],
  results: {},
  cues: {},
  policy: [
    { id: 'nobody', when: { reached: ['voicemail'] }, billable: 'no', because: 'nobody was reached' },
    {
      id: 'unqualified',
      when: { prospect: ['unqualified', 'not_a_prospect'] },
      billable: 'no',
      because: 'a gate failed',
    },
    { id: 'duplicate', when: { duplicate: true }, billable: 'no', because: 'seen before' },
    { id: 'booked', when: { result: ['appointment'] }, billable: 'yes', because: 'booked' },
    { id: 'short', when: { connectedBelow: 30 }, billable: 'no', because: 'too short' },
    { id: 'qualified', when: { prospect: ['qualified'] }, billable: 'yes', because: 'qualified' },
  ],
};
const facts = { connectedSeconds: 90, duplicate: false };
const answer = (id: string, value: string, confidence = 0.9): Answer => ({
  criterion: id,
  value,
  confidence,
  evidence:
    value === 'unknown' ? [] : [{ turn: 1, quote: `about ${id}`, speaker: 'caller', start: 1, end: 2 }],
  note: null,
});
const judgement = (answers: Answer[], over: Partial<Judgement> = {}): Judgement => ({
  judge: 'test',
  reached: 'conversation',
  answers,
  disqualifier: null,
  result: { value: 'information', evidence: [] },
  flags: [],
  ...over,
});

test('all gates met: qualified and billable, and the sentence names rule and answers', () => {
  const outcome = decideOutcome(judgement([answer('owner', 'yes'), answer('area', 'yes')]), scorecard, facts);
  expect(outcome).toMatchObject({
    prospect: 'qualified',
    billable: 'yes',
    billableReason: 'qualified',
    score: 100,
  });
  expect(outcome.explanation).toBe(
    'Billable by rule qualified (qualified): qualified, owner, area yes; result information.',
  );
});

test('the surest failed gate gives the reason, with its quote', () => {
  const outcome = decideOutcome(
    judgement([answer('owner', 'no', 0.6), answer('area', 'no', 0.9)]),
    scorecard,
    facts,
  );
  expect(outcome).toMatchObject({ prospect: 'unqualified', reason: 'area', billable: 'no' });
  expect(outcome.explanation).toContain('"about area"');
});

test('a booked visit is billable even on a short call with an unknown gate', () => {
  const booked = judgement([answer('owner', 'unknown')], { result: { value: 'appointment', evidence: [] } });
  expect(decideOutcome(booked, scorecard, { connectedSeconds: 12, duplicate: null })).toMatchObject({
    billable: 'yes',
    billableReason: 'booked',
  });
});

test('an unknown length is not a short one', () => {
  const outcome = decideOutcome(judgement([answer('owner', 'yes')]), scorecard, {
    connectedSeconds: null,
    duplicate: null,
  });
  expect(outcome.billableReason).toBe('qualified');
});

test('weights and automatic failure make the score', () => {
  expect(
    decideOutcome(judgement([answer('owner', 'yes'), answer('area', 'no')]), scorecard, facts).score,
  ).toBe(75);
  expect(
    decideOutcome(judgement([answer('owner', 'yes'), answer('disclosed', 'no')]), scorecard, facts).score,
  ).toBe(0);
  expect(decideOutcome(judgement([answer('owner', 'unknown')]), scorecard, facts).score).toBeNull();
});

test('every judgement has an outcome, and a failed gate never makes a qualified call', () => {
  const value = fc.constantFrom('yes', 'no', 'unknown');
  fc.assert(
    fc.property(
      fc.record({
        values: fc.tuple(value, value, value),
        reached: fc.constantFrom(...reachedValues),
        result: fc.constantFrom(...resultValues),
        reason: fc.option(fc.constantFrom(...notAProspectReasons)),
        flags: fc.subarray([...flagValues]),
        seconds: fc.option(fc.nat(600)),
        duplicate: fc.option(fc.boolean()),
      }),
      ({ values, reached, result, reason, flags, seconds, duplicate }) => {
        const answers = scorecard.criteria.map(({ id }, i) => answer(id, values[i]!));
        const outcome = decideOutcome(
          judgement(answers, {
            reached,
            result: { value: result, evidence: [] },
            disqualifier: reason && { reason, evidence: [] },
            flags: flags.map((flag) => ({ flag, evidence: [] })),
          }),
          scorecard,
          { connectedSeconds: seconds, duplicate },
        );
        expect(outcome.explanation).toContain(outcome.billableReason);
        if (reason) expect(outcome).toMatchObject({ prospect: 'not_a_prospect', reason, billable: 'no' });
        else if (reached === 'conversation' && values.slice(0, 2).includes('no'))
          expect(outcome.prospect).toBe('unqualified');
        if (outcome.prospect === 'unqualified') expect(['owner', 'area']).toContain(outcome.reason);
        expect(outcome.flags).toEqual(flags);
      },
    ),
  );
});
