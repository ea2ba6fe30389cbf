import { describe, expect, it } from 'vitest';
import { spokenTurn } from '../../../test/transcribe/redacted-talk.ts';
import { redact } from './redact.ts';

const answerTo = (question: string, answer: string, confidence: number | null = 0.3) =>
  redact([spokenTurn('agent', question), spokenTurn('caller', answer, { start: 60, confidence })]).turns[1]!
    .text;

describe('an answer of which little was caught', () => {
  it.each([
    [
      'now please tell me your social security number',
      'fine for free to one high native ham and figs',
      '[ssn]',
    ],
    ['and the three digit security code on the back of the card', 'sam and free high and', '[card_cvv]'],
    ['your social security number', 'i am for three two one i need amen big', '[ssn]'],
    ['can i have your card number please', 'free to sick hero nine wine', '[card_number]'],
  ])('to "%s" is removed as a whole', (question, answer, removed) => {
    expect(answerTo(question, answer)).toBe(removed);
  });

  it('stays where the engine is sure of it, or does not say', () => {
    const [question, answer] = ['may i have your social security number', 'i am free to come at one or two'];
    expect(answerTo(question, answer, 0.9)).toBe(answer);
    expect(answerTo(question, answer, null)).toBe(answer);
  });

  it.each([
    ['may i have your social security number', "no i won't give that out to anyone"],
    ['may i have your social security number', 'one second let me look it up'],
    ['may i have your social security number', 'why do you need it'],
    ['what is your zip code', 'nine hero to one for'],
    ['how can i help you today', 'free to one high'],
  ])('stays where it is none: "%s" "%s"', (question, answer) => {
    expect(answerTo(question, answer)).toBe(answer);
  });
});

describe('the first and the last digit', () => {
  it('go with the number where they were written as words that sound alike', () => {
    expect(answerTo('your card number please', 'for one one one one one one one one one one one', 0.9)).toBe(
      '[card_number]',
    );
    expect(answerTo('your social security number', 'five five five one two one two one to', 0.9)).toBe(
      '[ssn]',
    );
  });
});

it('keeps a sum after a birth date of which a part was not heard', () => {
  const turns = [
    spokenTurn('agent', 'and your date of birth'),
    spokenTurn('caller', 'march if nineteen sixty two', { start: 10 }),
    spokenTurn('agent', 'thank you your payment of one hundred dollars went through', { start: 20 }),
  ];
  expect(redact(turns).turns[2]!.text).toBe(turns[2]!.text);
});
