import { expect, test } from 'vitest';
import { changeSince } from './change.ts';

test('counts and money move by a share of what was', () => {
  expect(changeSince(120, 100, 'count')).toEqual({ text: '20%', direction: 'up' });
  expect(changeSince('75.00', '100.00', 'money')).toEqual({ text: '25%', direction: 'down' });
});

test('percentages move by points', () => {
  expect(changeSince(32, 30, 'percent')).toEqual({ text: '2 pts', direction: 'up' });
});

test('nothing is said where there is nothing to compare with', () => {
  expect(changeSince(5, 0, 'count')).toBeNull();
  expect(changeSince(null, 4, 'count')).toBeNull();
  expect(changeSince(0, 0, 'count')).toEqual({ text: 'no change', direction: 'same' });
});
