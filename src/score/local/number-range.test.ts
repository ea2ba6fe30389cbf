import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numberRange } from './number-range.ts';

test('matches exactly the numbers of the range', () => {
  fc.assert(
    fc.property(fc.nat(20_000), fc.nat(20_000), fc.nat(40_000), (a, b, n) => {
      const [low, high] = a < b ? [a, b] : [b, a];
      expect(new RegExp(`^${numberRange(low, high)}$`).test(String(n))).toBe(n >= low && n <= high);
    }),
  );
});

test('refuses what is no range', () => {
  expect(() => numberRange(9, 3)).toThrow('<9-3>');
});
