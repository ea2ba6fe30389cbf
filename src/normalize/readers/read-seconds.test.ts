import { expect, test } from 'vitest';
import { field, read } from '../field-under-test.ts';

test.each([
  ['78', '78'],
  [78, '78'],
  ['78.0', '78'],
  ['78.6', '78.6'],
  ['078', '78'],
  ['0', '0'],
])('row 56: duration %j', (value, expected) => {
  expect(field('duration', value)).toEqual([expected]);
});

test.each([
  ['1:23', '83'],
  ['00:01:23', '83'],
  ['01:02:03', '3723'],
  ['1m 23s', '83'],
  ['1h 2m 3s', '3723'],
  ['PT83S', '83'],
  ['PT1M23S', '83'],
  ['83 sec', '83'],
  ['83s', '83'],
  ['83 seconds', '83'],
  ['83000 ms', '83'],
  ['83500ms', '83.5'],
  ['2 minutes', '120'],
  ['1:23 min', '83'],
  ['1:02:03 hours', '3723'],
  ['0:1:23', '83'],
  ['00:01:23,000', '83'],
])('row 57: duration %j', (value, expected) => {
  expect(field('duration', value)).toEqual([expected]);
});

test.each(['abc', '1:2:3:4', 'PT', '1e3', '0x10', 'NaN', 's'])('row 57: %j is no duration', (value) => {
  expect(field('duration', value)).toEqual([undefined, 'unreadable_value']);
});

test('row 57: milliseconds are suspected by comparison', () => {
  const event = read({ duration: '83000', connected_call_length: '65' });
  expect(event.fields.duration).toBe('83000');
  expect(event.warnings.map((w) => [w.field, w.code])).toEqual([['duration', 'suspected_milliseconds']]);
});

test('row 59: 46 hours until the call are real', () => {
  expect(field('time_to_call', '168096')).toEqual(['168096']);
});
