import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { latestDue, nextDue, type Rhythm } from './next-due.ts';

const daily: Rhythm = {
  every: 'day',
  weekday: null,
  dayOfMonth: null,
  atTime: '08:00',
  timeZone: 'America/New_York',
};
const next = (rhythm: Rhythm, after: string) => nextDue(rhythm, Temporal.Instant.from(after)).toString();

test.each([
  ['later today', daily, '2025-07-07T11:59:59Z', '2025-07-07T12:00:00Z'],
  ['at the very time: tomorrow', daily, '2025-07-07T12:00:00Z', '2025-07-08T12:00:00Z'],
  ['over the change to winter time', daily, '2025-11-01T13:00:00Z', '2025-11-02T13:00:00Z'],
  [
    'an hour that is skipped: after the change',
    { ...daily, atTime: '02:30' },
    '2025-03-09T05:00:00Z',
    '2025-03-09T07:30:00Z',
  ],
  [
    'an hour that comes twice: the first',
    { ...daily, atTime: '01:30' },
    '2025-11-02T04:00:00Z',
    '2025-11-02T05:30:00Z',
  ],
  ['and not the second', { ...daily, atTime: '01:30' }, '2025-11-02T05:30:00Z', '2025-11-03T06:30:00Z'],
  ['next Friday', { ...daily, every: 'week', weekday: 5 }, '2025-07-07T12:00:00Z', '2025-07-11T12:00:00Z'],
  [
    'this Monday, later',
    { ...daily, every: 'week', weekday: 1 },
    '2025-07-07T10:00:00Z',
    '2025-07-07T12:00:00Z',
  ],
  [
    'the 31st of a short month',
    { ...daily, every: 'month', dayOfMonth: 31 },
    '2025-06-15T12:00:00Z',
    '2025-06-30T12:00:00Z',
  ],
  [
    'and again the 31st',
    { ...daily, every: 'month', dayOfMonth: 31 },
    '2025-06-30T12:00:00Z',
    '2025-07-31T12:00:00Z',
  ],
] satisfies [string, Rhythm, string, string][])('%s', (_name, rhythm, after, expected) => {
  expect(next(rhythm, after)).toBe(expected);
});

test('after a downtime only the latest is still due', () => {
  const from = Temporal.Instant.from('2025-07-01T12:00:00Z');
  const now = Temporal.Instant.from('2025-07-07T11:00:00Z');
  expect(latestDue(daily, from, now).toString()).toBe('2025-07-06T12:00:00Z');
});

test('is due at the wanted time of the clocks, always later, never more than a month ahead', () => {
  const rhythm = fc.record({
    every: fc.constantFrom('day', 'week', 'month'),
    weekday: fc.integer({ min: 1, max: 7 }),
    dayOfMonth: fc.integer({ min: 1, max: 31 }),
    atTime: fc.constantFrom('00:00', '01:30', '02:30', '08:00', '23:59'),
    timeZone: fc.constantFrom('UTC', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe'),
  });
  fc.assert(
    fc.property(rhythm, fc.integer({ min: 1_700_000_000, max: 1_800_000_000 }), (given, second) => {
      const after = Temporal.Instant.fromEpochMilliseconds(second * 1000);
      const due = nextDue(given as Rhythm, after);
      const days = (due.epochMilliseconds - after.epochMilliseconds) / 86_400_000;
      expect(days).toBeGreaterThan(0);
      expect(days).toBeLessThan({ day: 1.1, week: 7.1, month: 31.1 }[given.every as Rhythm['every']]);
      const local = due.toZonedDateTimeISO(given.timeZone);
      if (given.every === 'week') expect(local.dayOfWeek).toBe(given.weekday);
      if (given.every === 'month') expect(local.day).toBe(Math.min(given.dayOfMonth, local.daysInMonth));
      // a skipped hour is due later on the clocks, by what they skipped
      const minutes = local.hour * 60 + local.minute;
      const [h = 0, m = 0] = given.atTime.split(':').map(Number);
      expect([0, 30, 60]).toContain(minutes - (h * 60 + m));
    }),
    { numRuns: 500 },
  );
});
