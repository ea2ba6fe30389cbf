import { expect, test } from 'vitest';
import { readShare, signShare } from './share-token.ts';

test('is read until it expires', () => {
  const until = new Date('2025-07-07T12:00:00Z');
  const token = signShare('secret', { a: 1 }, until);
  expect(readShare('secret', token, new Date(until.getTime() - 1))).toEqual({ a: 1 });
  expect(readShare('secret', token, until)).toBeNull();
  expect(readShare('other', token, new Date(0))).toBeNull();
});
