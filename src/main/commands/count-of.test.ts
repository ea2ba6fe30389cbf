import { expect, test } from 'vitest';
import { countOf } from './count-of.ts';

test('one is told in the singular, all else in the plural', () => {
  expect([0, 1, 2, 12_345].map((count) => countOf(count, 'call'))).toEqual([
    '0 calls',
    '1 call',
    '2 calls',
    '12,345 calls',
  ]);
});
