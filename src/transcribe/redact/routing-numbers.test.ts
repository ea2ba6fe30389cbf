import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactedTalk } from '../../../test/transcribe/redacted-talk.ts';
import { isRoutingNumber } from './routing-numbers.ts';

/** A routing number of one of the first districts, with its check digit. */
const routing = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 999_999 }))
  .map(([district, rest]) => {
    const eight = String(district).padStart(2, '0') + String(rest).padStart(6, '0');
    return Array.from({ length: 10 }, (_, check) => eight + check).find(isRoutingNumber)!;
  });

describe('routing numbers', () => {
  it.each(['091000019', '122105155', '064000017', '256074974'])(
    'are known by their check sum: %s',
    (number) => {
      expect(isRoutingNumber(number)).toBe(true);
      expect(isRoutingNumber(number.slice(0, 8) + ((Number(number[8]) + 1) % 10))).toBe(false);
    },
  );

  it('go near a bank, unasked, and when they are read back', () => {
    fc.assert(
      fc.property(routing, (number) => {
        const texts = redactedTalk(
          'a: so that is Wells Fargo',
          `c: yes, ${number} I think`,
          `a: ${number}, thanks`,
        );
        expect(texts.slice(1)).toEqual(['yes, [bank_account] I think', '[bank_account], thanks']);
      }),
    );
  });

  it.each([
    ['a: the first nine numbers on the bottom', 'a: and the long one next to it'],
    ['a: read me the numbers on the bottom left of the check', 'a: and the ones to the right of that'],
    ['a: what are the digits along the bottom', 'a: the next set of numbers'],
  ])('and accounts are asked for by where they stand: %s', (first, second) => {
    const texts = redactedTalk(first, 'c: 123 123 123', second, 'c: four four one oh eight two seven');
    expect([texts[1], texts[3]]).toEqual(['[bank_account]', '[bank_account]']);
  });
});
