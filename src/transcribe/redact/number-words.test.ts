import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findNumbers } from './number-words.ts';
import { tokenize } from './tokens.ts';

const digitsOf = (text: string) => findNumbers(tokenize(text)).map((group) => group.digits);

describe('findNumbers', () => {
  it.each([
    ['forty two eleven', ['42', '11']],
    ['fifty-five', ['55']],
    ['double-oh one eight', ['00', '1', '8']],
    ['triple zero', ['000']],
    ['eight ones', ['11111111']],
    ['nine hundred, seventy-one', ['971']],
    ['nine hundred and one', ['901']],
    ['six thousand eleven', ['6011']],
    ['two thousand and one', ['2001']],
    ['4111 1111', ['4111', '1111']],
    ['twenty oh four', ['20', '0', '4']],
    ['the twenty-second and 3rd', ['22', '3']],
    ['four two for one', ['4', '2', '4', '1']],
  ])('reads %s', (text, digits) => {
    expect(digitsOf(text)).toEqual(digits);
  });

  it.each(['oh my god', 'i went to for to', 'a hundred', '$40 at 3:30 for 12.50', 'won ate'])(
    'finds none in %s',
    (text) => {
      expect(digitsOf(text)).toEqual([]);
    },
  );

  it('loses no digit that is said one by one', () => {
    const names = 'zero one two three four five six seven eight nine'.split(' ');
    const digit = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(fc.array(digit, { minLength: 1, maxLength: 20 }), (list) => {
        expect(digitsOf(list.map((value) => names[value]).join(' ')).join('')).toBe(list.join(''));
      }),
    );
  });

  it('keeps every group inside the text, in order and apart', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.lorem(), (noise, words) => {
        const tokens = tokenize(`${noise} nine ${words} double oh`);
        let last = 0;
        for (const { from, to } of findNumbers(tokens)) {
          expect(from).toBeGreaterThanOrEqual(last);
          expect(to).toBeGreaterThan(from);
          last = to;
        }
        expect(last).toBeLessThanOrEqual(tokens.length);
      }),
    );
  });
});
