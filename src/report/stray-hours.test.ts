import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { strayHours } from './stray-hours.ts';

const day = 24 * 3_600_000;
const zones = [
  'UTC',
  'America/New_York',
  'America/Los_Angeles',
  'Europe/London',
  'Asia/Tokyo',
  'Pacific/Auckland',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Africa/Casablanca',
];

test('every hour that lies on another date than noon, and no other, in any zone', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: 19_000, max: 21_000 }),
      fc.integer({ min: 1, max: 40 }),
      (zone, first, count) => {
        const span = { start: first * day, end: (first + count) * day };
        const dateOf = (at: number) =>
          Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();
        const expected: number[] = [];
        for (let at = span.start; at < span.end; at += day / 24) {
          const noon = Math.floor(at / day) * day + day / 2;
          if (dateOf(at) !== dateOf(noon)) expected.push(at);
        }
        expect(strayHours(span, zone).map((hour) => hour.getTime())).toEqual(expected);
      },
    ),
    { numRuns: 60 },
  );
});
