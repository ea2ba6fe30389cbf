import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Judgement } from '../domain/answer.ts';
import type { Turn } from '../domain/transcript.ts';
import { checkEvidence, standsIn } from './evidence.ts';

const turn = (text: string): Turn => ({
  speaker: 'caller',
  speakerConfidence: 1,
  start: 3,
  end: 5,
  text,
  words: [],
});
const words = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 12 });

test('any stretch of a turn stands in it, in any case and spacing', () => {
  fc.assert(
    fc.property(words, fc.nat(), fc.nat(), (said, a, b) => {
      const from = a % said.length;
      const quote = said
        .slice(from, from + 1 + (b % said.length))
        .join('  ')
        .toUpperCase();
      expect(standsIn({ turn: 0, quote }, [turn(said.join(' '))])).toBe(true);
    }),
  );
});

test('a changed character is no quote', () => {
  fc.assert(
    fc.property(words, fc.nat(), (said, at) => {
      const text = said.join(' ');
      const i = at % text.length;
      expect(standsIn({ turn: 0, quote: `${text.slice(0, i)}7${text.slice(i + 1)}` }, [turn(text)])).toBe(
        false,
      );
    }),
  );
});

const judged = (quote: string, index = 0): Judgement => ({
  judge: 'test',
  reached: 'conversation',
  answers: [
    {
      criterion: 'owns_home',
      value: 'yes',
      confidence: 0.9,
      evidence: [{ turn: index, quote, speaker: 'agent', start: 0, end: 0 }],
      note: null,
    },
  ],
  disqualifier: null,
  result: { value: 'none', evidence: [] },
  flags: [{ flag: 'abusive', evidence: [{ turn: index, quote, speaker: 'agent', start: 0, end: 0 }] }],
});

test('an answer with a false quote becomes unknown with a note, and its flag falls', () => {
  for (const bad of [judged('I rent'), judged('I own it', 4), judged('  ')]) {
    const checked = checkEvidence(bad, [turn('I own it')]);
    expect(checked.answers[0]).toMatchObject({ value: 'unknown', confidence: 0, evidence: [] });
    expect(checked.answers[0]!.note).toContain('quote');
    expect(checked.flags).toEqual([]);
  }
});

test('speaker and times come from the transcript, not from the judge', () => {
  const checked = checkEvidence(judged('i OWN'), [turn('I own it')]);
  expect(checked.answers[0]!.evidence[0]).toEqual({
    turn: 0,
    quote: 'i OWN',
    speaker: 'caller',
    start: 3,
    end: 5,
  });
});

test('a sale that no quote supports was not heard; one that a quote supports was', () => {
  const sale = (quote: string): Judgement => ({
    ...judged('I own it'),
    result: { value: 'sale', evidence: [{ turn: 0, quote, speaker: 'agent', start: 0, end: 0 }] },
  });
  expect(checkEvidence(sale('you are enrolled'), [turn('I own it')]).result).toEqual({
    value: 'none',
    evidence: [],
  });
  expect(checkEvidence(sale('own it'), [turn('I own it')]).result.value).toBe('sale');
});

test('a part of a word and a sign alone are no quotes', () => {
  const said = [turn("I own it, don't I?")];
  for (const quote of ['ow', 'wn it', '?', ',', 'own i', 'n'])
    expect(standsIn({ turn: 0, quote }, said)).toBe(false);
  for (const quote of ['own it', 'own it,', "don't I", 'I'])
    expect(standsIn({ turn: 0, quote }, said)).toBe(true);
});

test('words that are quoted twice are kept once', () => {
  const said = [turn('I own it'), turn('I own it')];
  const [answer] = judged('I own it').answers;
  const again = { ...answer!.evidence[0]!, quote: 'i own  it' };
  const other = { ...again, turn: 1 };
  const twice = {
    ...judged('I own it'),
    answers: [{ ...answer!, evidence: [...answer!.evidence, again, other] }],
  };
  expect(checkEvidence(twice, said).answers[0]!.evidence.map((one) => one.turn)).toEqual([0, 1]);
});
