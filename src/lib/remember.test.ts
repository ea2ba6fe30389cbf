import { expect, test } from 'vitest';
import { remember } from './remember.ts';

test('asks once, again what is long, and anew when it has forgotten', () => {
  const asked: string[] = [];
  const length = remember(
    (text) => {
      asked.push(text);
      return text.length === 0 ? null : text.length;
    },
    { most: 2, longest: 3 },
  );
  expect([length('a'), length('a'), length(''), length('')]).toEqual([1, 1, null, null]);
  expect(asked).toEqual(['a', '']);
  expect([length('long'), length('long')]).toEqual([4, 4]);
  expect(asked).toEqual(['a', '', 'long', 'long']);
  length('b');
  length('a');
  expect(asked.slice(4)).toEqual(['b', 'a']);
});
