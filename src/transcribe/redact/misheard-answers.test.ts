import { describe, expect, it } from 'vitest';
import type { Speaker, Turn } from '../../domain/transcript.ts';
import { redact } from './redact.ts';

function turn(speaker: Speaker, text: string, confidence: number | null, start = 0): Turn {
  const words = text
    .split(' ')
    .map((word, index) => ({ text: word, start: start + index, end: start + index + 0.5, confidence }));
  return { speaker, speakerConfidence: 1, start, end: start + words.length, text, words };
}
const answerTo = (question: string, answer: string, confidence: number | null = 0.3) =>
  redact([turn('agent', question, 0.8), turn('caller', answer, confidence, 60)]).turns[1]!.text;

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
    turn('agent', 'and your date of birth', 0.9),
    turn('caller', 'march if nineteen sixty two', 0.9, 10),
    turn('agent', 'thank you your payment of one hundred dollars went through', 0.9, 20),
  ];
  expect(redact(turns).turns[2]!.text).toBe(turns[2]!.text);
});
