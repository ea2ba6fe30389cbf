import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactedTalk } from '../../../test/transcribe/redacted-talk.ts';
import { digits, numbersLeft, write, writing } from '../../../test/transcribe/spoken-digits.ts';

describe('a part of a number that is said back', () => {
  it('goes, whatever part of an account it is', () => {
    const cases = digits(10).chain((number) =>
      fc.tuple(fc.constant(number), fc.integer({ min: 0, max: 6 }), fc.integer({ min: 4, max: 10 }), writing),
    );
    fc.assert(
      fc.property(cases, ([number, from, length, style]) => {
        const part = write([number.slice(from, from + length)], { ...style, style: [1, 1, 1] }).join(' ');
        const texts = redactedTalk('a: bank account number?', `c: ${number}`, `a: I caught ${part} so far`);
        expect(texts.flatMap(numbersLeft)).toEqual([]);
      }),
    );
  });

  it('goes with the count of it left', () => {
    const card = 'Fifty-four fifty-four, fifty-four fifty-four, fifty-four fifty-four, fifty-four fifty-four';
    const texts = redactedTalk(
      'a: card number?',
      `c: ${card}`,
      'a: Fifty-four fifty-four, four times. Expiration?',
    );
    expect(texts.slice(1)).toEqual(['[card_number]', '[card_number], four times. Expiration?']);
  });

  it('goes letter by letter', () => {
    const texts = redactedTalk(
      'a: your Medicare number?',
      'c: 1EG4 TE5 MK73',
      'a: was that an M or an N',
      'c: M.',
      'a: K as in king, and seven three?',
      'c: It ends in seven three.',
    );
    expect(texts.slice(2)).toEqual([
      'was that an [medicare_id]',
      '[medicare_id].',
      '[medicare_id]?',
      'It ends in [medicare_id].',
    ]);
  });

  it('is none where a name or a street is spelled', () => {
    const lines = [
      'a: and the last name, is that N as in Nancy or M as in Mary?',
      'c: M as in Mary, O, R, S, E',
      'a: and the street?',
      'c: D as in dog, E L M A R, 4418',
    ];
    const texts = redactedTalk('a: your Medicare number?', 'c: 1EG4 TE5 MK73', ...lines);
    expect(texts.slice(2)).toEqual(lines.map((line) => line.slice(3)));
  });
});

describe('an answer that comes late', () => {
  it('is the month alone', () => {
    const texts = redactedTalk(
      'a: birthday?',
      'c: the ninth of may 1943',
      "a: that's the ninth of what",
      'c: may',
    );
    expect([texts[1], texts[3]]).toEqual(['[date_of_birth]', '[date_of_birth]']);
  });

  it('is awaited while a score is spoken of, where voices are not told apart', () => {
    const lines = [
      'u: i need your social',
      'u: is it gonna hurt my score',
      'u: no',
      'u: 9 7 0 uh-huh 4 4 then 1 2 9 0',
    ];
    expect(redactedTalk(...lines)[3]).toBe('[ssn] uh-huh [ssn]');
  });

  it('is a card other than the one that is known by its ending', () => {
    const texts = redactedTalk(
      'a: the Visa ending 4471?',
      "c: No, that expired. The new one's 4716 2209 8813 5520.",
      'a: Exp?',
      'c: 7/29.',
    );
    expect(texts.slice(1)).toEqual(["No, that expired. The new one's [card_number].", 'Exp?', '7/29.']);
  });
});
