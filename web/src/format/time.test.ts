import { expect, test } from 'vitest';
import { formatAgo, formatMinute } from './time.ts';

const now = new Date('2026-11-22T12:00:00Z');

test('ago takes the largest whole unit', () => {
  expect(formatAgo('2026-11-22T11:59:58Z', now)).toBe('just now');
  expect(formatAgo('2026-11-22T11:57:00Z', now)).toBe('3 minutes ago');
  expect(formatAgo('2026-11-21T11:00:00Z', now)).toBe('yesterday');
});

test('what is no instant is a dash', () => {
  expect(formatAgo(null, now)).toBe('—');
  expect(formatMinute('soon')).toBe('—');
});
