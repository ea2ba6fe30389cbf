import { expect, test } from 'vitest';
import { resolvePeriod } from './resolve-period.ts';

// a Monday in New York, still Sunday evening in Los Angeles
const now = new Date('2025-07-07T05:30:00Z');

test.each([
  ['today', '2025-07-07', '2025-07-07'],
  ['yesterday', '2025-07-06', '2025-07-06'],
  ['7d', '2025-07-01', '2025-07-07'],
  ['30d', '2025-06-08', '2025-07-07'],
  ['month', '2025-07-01', '2025-07-07'],
  ['last_week', '2025-06-30', '2025-07-06'],
  ['last_month', '2025-06-01', '2025-06-30'],
])('%s', (period, from, to) => {
  expect(resolvePeriod({ period, by: 'buyer' }, now, 'America/New_York')).toEqual({
    by: 'buyer',
    time_zone: 'America/New_York',
    from,
    to,
  });
});

test('all times begin with the first call and have no end', () => {
  expect(resolvePeriod({ period: 'all' }, now, 'UTC')).toEqual({ from: 'first', time_zone: 'UTC' });
});

test('days are those of the zone of the query', () => {
  const query = { period: 'today', time_zone: 'America/Los_Angeles' };
  expect(resolvePeriod(query, now, 'UTC')).toMatchObject({ from: '2025-07-06', to: '2025-07-06' });
});

test('without a period the days stay as they are', () => {
  expect(resolvePeriod({ from: '2025-01-01' }, now, 'UTC')).toEqual({ from: '2025-01-01', time_zone: 'UTC' });
});
