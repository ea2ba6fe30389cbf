import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardNumber, digits, numbersLeft, write, writing } from '../../../test/transcribe/spoken-digits.ts';
import type { Speaker, Turn } from '../../domain/transcript.ts';
import { redact } from './redact.ts';

type Line = [Speaker, string];

function turnsOf(lines: readonly Line[]): Turn[] {
  return lines.map(([speaker, text], index) => {
    return { speaker, speakerConfidence: 1, start: index * 5, end: index * 5 + 4, text, words: [] };
  });
}
const redactLines = (lines: readonly Line[]) => redact(turnsOf(lines)).turns.map((turn) => turn.text);

/** The answer in one turn, or group by group with the other side's murmurs between. */
function answerLines(parts: readonly string[], together: boolean, murmur: string): Line[] {
  if (together) return [['caller', parts.join(' ')]];
  return parts.flatMap((part): Line[] => [
    ['caller', part],
    ['agent', murmur],
  ]);
}

const murmurs = fc.constantFrom('mm hm', 'okay', 'uh huh', 'go ahead', 'got it');
const groupsOf = (number: string) => number.match(/.{1,4}/g)!;
const speakers = (lines: Line[], known: boolean): Line[] =>
  known ? lines : lines.map(([, text]) => ['unknown', text]);

describe('redact, whatever the number and however it is said', () => {
  it('removes every digit of a card, whole or in pieces', () => {
    const asks = fc.constantFrom(
      'and what is the card number',
      'what card would you like to use',
      'go ahead with the number on the front of the card',
      'I will need a credit or debit card for the first payment',
      'okay read me the sixteen digits',
    );
    fc.assert(
      fc.property(
        cardNumber,
        writing,
        asks,
        murmurs,
        fc.boolean(),
        fc.boolean(),
        (number, style, ask, murmur, together, known) => {
          const answer = answerLines(write(groupsOf(number), style), together, murmur);
          const texts = redactLines(speakers([['agent', ask], ...answer, ['agent', 'thank you']], known));
          expect(texts.slice(1).flatMap(numbersLeft)).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('removes a card that nobody asked for, when all of it is said at once', () => {
    fc.assert(
      fc.property(cardNumber, writing, (number, style) => {
        const said = write(groupsOf(number), style).join(' ');
        expect(redactLines([['caller', `okay ready ${said}`]]).flatMap(numbersLeft)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('removes the agent reading a card back', () => {
    fc.assert(
      fc.property(cardNumber, writing, (number, style) => {
        const said = write(groupsOf(number), style).join(' ');
        const texts = redactLines([
          ['agent', 'card number please'],
          ['caller', said],
          ['agent', `so that is ${said} correct`],
          ['caller', 'yes'],
        ]);
        expect(texts.flatMap(numbersLeft)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('removes social security numbers', () => {
    const asks = fc.constantFrom(
      'what is your social security number',
      'and your social',
      'can I get your social please',
      'I just need the last four of your social',
      'go ahead with your S S N',
    );
    fc.assert(
      fc.property(digits(9), writing, asks, murmurs, fc.boolean(), (number, style, ask, murmur, together) => {
        const short = ask.includes('last four');
        const groups = short ? [number.slice(5)] : [number.slice(0, 3), number.slice(3, 5), number.slice(5)];
        const answer = answerLines(write(groups, style), together, murmur);
        const texts = redactLines([['agent', ask], ...answer]);
        expect(texts.slice(1).flatMap(numbersLeft)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('removes routing and account numbers', () => {
    fc.assert(
      fc.property(
        digits(9),
        fc.integer({ min: 6, max: 12 }).chain(digits),
        writing,
        (routing, account, style) => {
          const texts = redactLines([
            ['agent', 'what is the routing number on the check'],
            ['caller', write(routing.match(/.{3}/g)!, style).join(' ')],
            ['agent', 'and the account number'],
            ['caller', `it is ${write(account.match(/.{1,4}/g)!, style).join(' ')}`],
          ]);
          expect(texts.flatMap(numbersLeft)).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('leaves telephone numbers, ZIP codes and confirmation numbers', () => {
    const asks = fc.constantFrom(
      { ask: 'what is the best phone number to reach you', length: 10 },
      { ask: 'and a good callback number', length: 10 },
      { ask: 'what is your zip code', length: 5 },
      { ask: 'do you have the policy number', length: 8 },
      { ask: 'can you read me the confirmation number', length: 6 },
    );
    const cases = asks.chain(({ ask, length }) => fc.tuple(fc.constant(ask), digits(length)));
    fc.assert(
      fc.property(cases, writing, ([ask, number], style) => {
        const lines: Line[] = [
          ['agent', ask],
          ['caller', write(groupsOf(number), style).join(' ')],
          ['agent', 'thank you'],
        ];
        expect(redactLines(lines)).toEqual(lines.map(([, text]) => text));
      }),
      { numRuns: 300 },
    );
  });

  it('leaves prices, ages and times, even while a card is awaited', () => {
    const number = fc.integer({ min: 21, max: 999 });
    const phrases = fc.constantFrom(
      (n: string) => `so that comes to ${n} dollars today`,
      (n: string) => `it is ${n} a month`,
      (n: string) => `my son is ${n} years old`,
      (n: string) => `I get off in ${n} minutes`,
      (n: string) => `they cover ${n} percent`,
    );
    fc.assert(
      fc.property(number, phrases, fc.boolean(), (value, phrase, figures) => {
        const said = figures
          ? String(value)
          : write([String(value)], { figures: false, separator: ' ', comma: false, style: [1] })[0]!;
        const lines: Line[] = [
          ['agent', 'do you have a card to put it on'],
          ['caller', phrase(said)],
        ];
        expect(redactLines(lines)).toEqual(lines.map(([, text]) => text));
      }),
      { numRuns: 200 },
    );
  });
});
