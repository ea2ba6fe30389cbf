import { expect, test } from 'vitest';
import type { Criterion, Scorecard } from '../../domain/scorecard.ts';
import type { Speaker, Turn } from '../../domain/transcript.ts';
import { judgeLocally } from './judge-locally.ts';

const listen: Criterion['listen'] = {
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
};

function answer(
  kind: Criterion['kind'],
  heard: Partial<Criterion['listen']>,
  said: string[],
  choices: string[] = [],
) {
  const criterion: Criterion = {
    id: 'asked',
    question: 'What is it?',
    kind,
    choices,
    heardFrom: 'caller',
    gate: false,
    intent: false,
    weight: 1,
    autoFail: false,
    requiredText: null,
    examples: { yes: [], no: [] },
    listen: { ...listen, ...heard },
  };
  const scorecard: Scorecard = {
    id: 'test',
    version: '1',
    title: 'Test',
    aliases: [],
    criteria: [criterion],
    disqualifiers: [],
    results: {},
    cues: {},
    policy: [],
  };
  const turns: Turn[] = [
    ...said,
    'A: Okay, let me write that down.',
    'C: Alright then.',
    'A: Thank you.',
  ].map((line, i) => ({
    speaker: (line[0] === 'A' ? 'agent' : 'caller') as Speaker,
    speakerConfidence: 1,
    start: i,
    end: i + 1,
    text: line.slice(3),
    words: [],
  }));
  const [only] = judgeLocally(turns, scorecard, { callDate: '2025-11-05T12:00:00Z' }).answers;
  return only!;
}

const opening = [
  'A: Hello, this is Kim on a recorded line, how can I help you today?',
  'C: I need a hand with the bugs in my house please.',
];

test('a number is read from the reply, and a correction wins', () => {
  const rooms = { asks: ['how many (room|bedroom)'] };
  expect(answer('number', rooms, [...opening, 'A: How many bedrooms?', 'C: Three.']).value).toBe('3');
  expect(
    answer('number', rooms, [...opening, 'A: How many rooms?', 'C: Three, no wait, four.']),
  ).toMatchObject({
    value: '4',
    evidence: [{ turn: 3 }],
  });
  expect(answer('number', rooms, [...opening, 'A: How many rooms?', 'C: No idea.']).value).toBe('unknown');
});

test('a choice is one of those that are allowed, never a word beside them', () => {
  const kinds = { asks: ['what kind'] };
  const choices = ['single_story', 'two_story', 'condo'];
  const ask = (reply: string) =>
    answer('choice', kinds, [...opening, 'A: What kind of home is it?', reply], choices).value;
  expect(ask("C: It's a condo.")).toBe('condo');
  expect(ask('C: Single story, brick.')).toBe('single_story');
  expect(ask("C: It's not a condo.")).toBe('unknown');
  expect(ask('C: A houseboat.')).toBe('unknown');
});

test('a date is counted back from the day of the call, no finer than it was told', () => {
  const when = { asks: ['when'], date: { withinMonths: 24, event: ['noticed'] } };
  expect(answer('date', when, [...opening, 'A: When did it start?', 'C: Two months ago.']).value).toBe(
    '2025-09',
  );
  expect(answer('date', when, [...opening, 'A: When did it start?', 'C: Back in 2021.']).value).toBe('2021');
  expect(
    answer('date', when, ['A: Hello there.', 'C: I noticed it three weeks ago in my kitchen.', 'A: Okay.'])
      .value,
  ).toBe('2025-10');
});
