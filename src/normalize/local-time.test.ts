import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { resolveLocalTime } from './local-time.ts';

const zones = [
  'America/New_York',
  'America/Phoenix',
  'Europe/London',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'UTC',
];
const day = 86_400_000;

test('remembered offsets agree with Temporal’s compatible rule at any time, near clock changes above all', () => {
  // The weeks in which the northern and southern clocks change, and any other time.
  const anywhere = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2035, 0, 1) });
  const changes = [
    Date.UTC(2024, 2, 10),
    Date.UTC(2024, 10, 3),
    Date.UTC(2025, 2, 30),
    Date.UTC(2025, 9, 26),
    Date.UTC(2025, 3, 6),
  ];
  const nearChange = fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -day, max: day }))
    .map(([at, by]) => at + by);
  fc.assert(
    fc.property(fc.oneof(anywhere, nearChange), fc.constantFrom(...zones), (millis, zone) => {
      const plain = Temporal.Instant.fromEpochMilliseconds(millis)
        .toZonedDateTimeISO('UTC')
        .toPlainDateTime();
      const { year, month, day, hour, minute, second, millisecond } = plain;
      const wall = { year, month, day, hour, minute, second, millisecond };
      const longAfter = Number.MAX_SAFE_INTEGER;
      const expected = plain.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
      expect(resolveLocalTime(wall, zone, longAfter).instant).toBe(expected);
    }),
    { numRuns: 500 },
  );
}, 20_000);

test('a zone that does not exist is an error, not a guess', () => {
  const wall = { year: 2025, month: 1, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 };
  expect(() => resolveLocalTime(wall, 'Mars/Base', 0)).toThrow(RangeError);
});
