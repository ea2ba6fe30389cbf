import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Turn } from '../../domain/transcript.ts';
import { standsIn } from '../evidence.ts';
import { loadScorecards } from '../scorecard-library.ts';
import { judgeLocally } from './judge-locally.ts';

const library = await loadScorecards(fileURLToPath(new URL('../../../scorecards', import.meta.url)));

/** "A: …" the agent, "C: …" the caller, "I: …" the menu, "?: …" unknown. */
function call(lines: readonly string[]): Turn[] {
  const speakers = { A: 'agent', C: 'caller', I: 'ivr', '?': 'unknown' } as const;
  return lines.map((line, i) => ({
    speaker: speakers[line[0] as keyof typeof speakers],
    speakerConfidence: 1,
    start: i * 4,
    end: i * 4 + 3,
    text: line.slice(2).trim(),
    words: [],
  }));
}

function judge(vertical: string, lines: readonly string[], callDate: string | null = '2025-11-05T15:00:00Z') {
  return judgeLocally(call(lines), library.byId(vertical)!, { callDate });
}

const opening = ['I: This call is recorded.', 'A: Thank you for calling, this is Dana. How can I help?'];
const answerOf = (vertical: string, criterion: string, lines: readonly string[]) =>
  judge(vertical, [...opening, ...lines]).answers.find((answer) => answer.criterion === criterion)!;

test.each([
  [
    'solar',
    'owns_home',
    'yes',
    ['C: I saw your ad about panels.', 'A: Do you own your home?', 'C: Yes, we do.'],
  ],
  [
    'solar',
    'owns_home',
    'no',
    ['C: I saw your ad about panels.', 'A: Do you own or rent?', 'C: I rent it from my aunt.'],
  ],
  ['solar', 'owns_home', 'unknown', ['C: If I owned a house I would put panels on it.']],
  [
    'solar',
    'owns_home',
    'unknown',
    ['C: Just curious about panels.', 'A: Do you own your home?', "C: I don't know how to answer that."],
  ],
  [
    'solar',
    'bill_100',
    'yes',
    ['C: Hello.', 'A: What is your electric bill each month?', 'C: About two sixty.'],
  ],
  [
    'solar',
    'bill_100',
    'no',
    ['C: Hello.', 'A: What is your electric bill each month?', 'C: Sixty-two, sixty-five.'],
  ],
  [
    'solar',
    'credit_650',
    'yes',
    ['C: Hello.', 'A: Is your credit over six fifty?', 'C: Seven forty last I looked.'],
  ],
  [
    'final_expense',
    'age_50_to_85',
    'no',
    ['C: I want a burial policy.', 'A: How old are you?', 'C: Forty-four.'],
  ],
  [
    'final_expense',
    'age_50_to_85',
    'yes',
    ['C: I want a burial policy.', 'A: How old are you?', 'C: seventy one come december'],
  ],
  [
    'debt_relief',
    'unsecured_debt_10k',
    'yes',
    ['C: I need help.', 'A: How much do you owe on the cards?', 'C: eleven grand or so'],
  ],
  [
    'debt_relief',
    'unsecured_debt_10k',
    'yes',
    [
      'C: I need help.',
      'A: How much do you owe on the cards?',
      'C: Chase is nine thousand.',
      'A: Mm-hm.',
      'C: And Discover is four thousand.',
    ],
  ],
  [
    'debt_relief',
    'not_in_program',
    'yes',
    ['C: I need help.', 'A: Any bankruptcies or other programs?', 'C: Nope.'],
  ],
  [
    'personal_injury',
    'accident_within_two_years',
    'yes',
    ['C: I was in a wreck.', 'A: When was it?', 'C: Three weeks ago.'],
  ],
  [
    'personal_injury',
    'accident_within_two_years',
    'no',
    ['C: I was in a wreck.', 'A: When was it?', 'C: Back in June of twenty nineteen.'],
  ],
  [
    'personal_injury',
    'not_represented',
    'yes',
    ['C: I was in a wreck.', 'A: Do you have a lawyer?', 'C: No, not yet.'],
  ],
  [
    'personal_injury',
    'not_represented',
    'no',
    ['C: I was in a wreck.', 'A: Do you have a lawyer?', 'C: Yes, I hired one in May.'],
  ],
  [
    'personal_injury',
    'not_represented',
    'yes',
    ['C: I was in a wreck.', "A: You don't have a lawyer, right?", 'C: Right.'],
  ],
  [
    'aca',
    'not_on_medicare_or_medicaid',
    'yes',
    ['C: I need insurance.', "A: You're not on Medicaid, right?", 'C: No.'],
  ],
  [
    'auto_insurance',
    'no_major_violation',
    'no',
    ['C: I need a quote.', 'A: Any tickets or accidents?', 'C: I got a DUI last year.'],
  ],
])('%s %s is %s', (vertical, criterion, value, lines) => {
  expect(answerOf(vertical, criterion, lines).value).toBe(value);
});

test('a correction later in the call wins', () => {
  const lines = [
    'C: I saw your ad.',
    'A: Do you own the home?',
    'C: Yes.',
    'A: Great.',
    "C: Actually no, I rent it, it's my aunt's.",
  ];
  expect(answerOf('solar', 'owns_home', lines).value).toBe('no');
});

test('a step that was agreed and withdrawn was not reached', () => {
  const booked = [
    ...opening,
    'C: My furnace is out.',
    'A: Can we come out Tuesday at ten?',
    'C: Tuesday at ten works.',
  ];
  expect(judge('home_services', booked).result.value).toBe('appointment');
  const cancelled = [...booked, 'A: Great.', 'C: Wait, cancel that. I changed my mind.', 'A: Okay.'];
  expect(['none', 'information']).toContain(judge('home_services', cancelled).result.value);
});

test('what was never said is no, with the opening as its quote, and raises the flag', () => {
  const judged = judge('solar', [
    'A: Sun Path, this is Mona.',
    'C: Hi, I want solar on my house.',
    'A: Do you own the home?',
    'C: Yes, since 2011.',
    'A: Okay, how much is the bill?',
    'C: Two hundred.',
  ]);
  expect(judged.answers.find(({ criterion }) => criterion === 'recording_disclosed')).toMatchObject({
    value: 'no',
    evidence: [{ turn: 0, quote: 'Sun Path, this is Mona.' }],
  });
  expect(judged.flags.map(({ flag }) => flag)).toContain('recording_not_disclosed');
});

test.each([
  ['no_conversation', [] as string[]],
  ['no_conversation', ['?: [music]']],
  ['ivr_only', ['I: Thank you for calling. For sales, press one.', 'I: We did not receive your selection.']],
  ['voicemail', ["I: You've reached Mona. Leave a message after the tone."]],
  ['agent_left', [...opening, 'C: Hi, I wanted to', 'A: Can you hold', 'C: Hello?', 'C: Are you there?']],
  ['caller_left', [...opening, 'C: Sorry, I have to go.', 'A: Hello?']],
])('reached %s', (reached, lines) => {
  expect(judge('solar', lines).reached).toBe(reached);
});

const qualified = [
  ...opening,
  'C: I saw your ad and I want solar for my house.',
  'A: Do you own the home?',
  'C: Yes, I bought it in 2011.',
  'A: What is the electric bill?',
  'C: Around two forty.',
  'A: And how is the roof?',
  'C: Brand new, no trees.',
  'A: Okay, let me tell you how it works.',
  'C: Go ahead.',
];
const values = (lines: readonly string[]) =>
  judge('solar', lines).answers.map(({ criterion, value }) => `${criterion}=${value}`);

test('small talk changes no answer', () => {
  const talk = fc.constantFrom(
    ['A: How is the weather over there?', 'C: Snowing since Sunday.'],
    ['C: Excuse my dog.', 'A: He sounds friendly.'],
    ['A: Bear with me a moment.', 'C: Take your time.'],
  );
  fc.assert(
    fc.property(talk, fc.constantFrom(2, 5, 7, 9, 11), (lines, at) => {
      expect(values([...qualified.slice(0, at), ...lines, ...qualified.slice(at)])).toEqual(
        values(qualified),
      );
    }),
  );
});

test('the same call without punctuation and case gets the same answers', () => {
  const raw = qualified.map(
    (line) =>
      line.slice(0, 2) +
      line
        .slice(2)
        .toLowerCase()
        .replace(/[^a-z0-9' ]/g, ''),
  );
  expect(values(raw)).toEqual(values(qualified));
});

test('turning an answer round never leaves it standing', () => {
  const questions = fc.constantFrom(
    ['solar', 'owns_home', 'A: Do you own the home?'],
    ['aca', 'not_on_medicare_or_medicaid', 'A: Are you on Medicaid?'],
    ['personal_injury', 'not_represented', 'A: Have you hired an attorney?'],
    ['auto_insurance', 'valid_license', 'A: Do you have a valid license?'],
    ['debt_relief', 'not_in_program', 'A: Are you in a bankruptcy?'],
  );
  const yes = fc.constantFrom('Yes.', 'yeah', 'Yes, I am.', 'Sure do.', "That's right.");
  const no = fc.constantFrom('No.', 'nope', "No, I don't.", 'Not at all.', 'no sir');
  fc.assert(
    fc.property(questions, yes, no, ([vertical, criterion, ask], affirmed, denied) => {
      const one = answerOf(vertical!, criterion!, ['C: I am calling about your ad.', ask!, `C: ${affirmed}`]);
      const other = answerOf(vertical!, criterion!, ['C: I am calling about your ad.', ask!, `C: ${denied}`]);
      expect(one.value).not.toBe('unknown');
      expect(other.value).toBe(one.value === 'yes' ? 'no' : 'yes');
    }),
  );
});

test('any words at all: every quote stands, and judging twice gives the same', () => {
  const word = fc.constantFrom(
    'yes',
    'no',
    'own',
    'rent',
    'my',
    'house',
    'lawyer',
    'recorded',
    'call',
    'two',
    'hundred',
    'a',
    'month',
    'cancel',
    'if',
    'not',
    '?',
    '.',
    "don't",
    'tuesday',
    'at',
    'ten',
    'medicare',
    'gift',
    'card',
  );
  const line = fc
    .tuple(fc.constantFrom('A:', 'C:', 'I:', '?:'), fc.array(word, { maxLength: 14 }))
    .map(([who, said]) => `${who} ${said.join(' ')}`);
  fc.assert(
    fc.property(
      fc.constantFrom(...library.all.map(({ id }) => id)),
      fc.array(line, { maxLength: 20 }),
      (vertical, lines) => {
        const judged = judge(vertical, lines);
        const turns = call(lines);
        expect(judge(vertical, lines)).toEqual(judged);
        for (const { value, evidence } of judged.answers) {
          if (value !== 'unknown') expect(evidence.length).toBeGreaterThan(0);
          for (const one of evidence) expect(standsIn(one, turns)).toBe(true);
        }
      },
    ),
    { numRuns: 60 },
  );
});
