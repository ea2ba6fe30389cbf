import { expect, test } from 'vitest';
import { field } from '../field-under-test.ts';

test.each(['True', 'TRUE', 'true ', 1, '1', 'yes', 'Y', 'on', 't', true, 'Converted'])(
  'rows 50, 52: %j is true',
  (value) => {
    expect(field('converted', value)).toEqual([true]);
  },
);

test.each(['False', '0', 'no', 'off', 'N', false, 0, 'f', 'Not Converted'])(
  'rows 51, 52: %j is false',
  (value) => {
    expect(field('converted', value)).toEqual([false]);
  },
);

test.each(['maybe', 'Pending', '2', 'truthy'])('row 55: %j is neither true nor false', (value) => {
  expect(field('converted', value)).toEqual([undefined, 'unreadable_value']);
});

test('row 52: words of one field alone', () => {
  expect(field('converted', 'Did Not Convert')).toEqual([false]);
  expect(field('is_duplicate', 'Repeat Caller')).toEqual([true]);
  expect(field('is_duplicate', 'First time')).toEqual([false]);
  expect(field('converted', 'new')).toEqual([undefined, 'unreadable_value']);
});
