import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, dayCount, dayIn, daysOf, periodDays, periodQuery, rangeBefore } from './period.ts';

const newYork = 'America/New_York';
// 02:30 UTC is still the evening before in New York
const now = new Date('2026-11-22T02:30:00Z');

test("the day is the zone's, not UTC's", () => {
  expect(dayIn(newYork, now)).toBe('2026-11-21');
  expect(dayIn('UTC', now)).toBe('2026-11-22');
});

test('presets are whole days, both ends included', () => {
  expect(periodDays({ period: 'today' }, now, newYork)).toEqual({ from: '2026-11-21', to: '2026-11-21' });
  expect(periodDays({ period: 'yesterday' }, now, newYork)).toEqual({ from: '2026-11-20', to: '2026-11-20' });
  expect(periodDays({ period: '7d' }, now, newYork)).toEqual({ from: '2026-11-15', to: '2026-11-21' });
  expect(periodDays({ period: 'month' }, now, newYork)).toEqual({ from: '2026-11-01', to: '2026-11-21' });
  expect(dayCount(periodDays({}, now, newYork))).toBe(30);
});

test('all time is asked from the first call on, without an end; other periods by their days', () => {
  expect(periodQuery({ period: 'all' }, now, newYork)).toEqual({ from: 'first', to: undefined });
  expect(periodQuery({ period: 'today' }, now, newYork)).toEqual({ from: '2026-11-21', to: '2026-11-21' });
});

test('a custom period with one end is that day, and reversed ends are turned', () => {
  expect(periodDays({ period: 'custom', from: '2026-01-05' }, now, newYork)).toEqual({
    from: '2026-01-05',
    to: '2026-01-05',
  });
  expect(periodDays({ period: 'custom', from: '2026-02-01', to: '2026-01-01' }, now, newYork)).toEqual({
    from: '2026-01-01',
    to: '2026-02-01',
  });
});

test('days are counted across a change of clocks', () => {
  expect(daysOf({ from: '2026-10-31', to: '2026-11-02' })).toEqual([
    '2026-10-31',
    '2026-11-01',
    '2026-11-02',
  ]);
});

test('the range before has the same length and touches', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 400 }), (start, length) => {
      const from = addDays('1990-01-01', start);
      const range = { from, to: addDays(from, length) };
      const before = rangeBefore(range);
      expect(dayCount(before)).toBe(dayCount(range));
      expect(addDays(before.to, 1)).toBe(range.from);
    }),
  );
});
