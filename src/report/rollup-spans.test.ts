import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { cutPeriod, joinHours, type Span } from './rollup-spans.ts';

const at = fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2026, 0) });

test('the parts of a period cover it once, each of whole units', () => {
  fc.assert(
    fc.property(at, at, fc.constantFrom('hour' as const, 'month' as const), (a, b, coarsest) => {
      fc.pre(a !== b);
      const [start, end] = [Math.min(a, b), Math.max(a, b)];
      const period = {
        start: Temporal.Instant.fromEpochMilliseconds(start),
        end: Temporal.Instant.fromEpochMilliseconds(end),
      };
      const { months, days, hours, rest } = cutPeriod(period, coarsest);
      const parts = [...months, ...days, ...hours, ...rest].sort((x, y) => x.start - y.start);
      expect(parts[0]?.start).toBe(start);
      expect(parts.at(-1)?.end).toBe(end);
      for (const [i, part] of parts.slice(1).entries()) expect(part.start).toBe(parts[i]!.end);
      const aligned = (spans: Span[], unit: number) =>
        spans.every((span) => span.start % unit === 0 && span.end % unit === 0);
      expect(aligned(hours, 3_600_000)).toBe(true);
      expect(aligned([...days, ...months], 86_400_000)).toBe(true);
      for (const { start: first, end: last } of months) {
        expect([new Date(first).getUTCDate(), new Date(last).getUTCDate()]).toEqual([1, 1]);
      }
      if (coarsest === 'hour') expect([...days, ...months]).toEqual([]);
      for (const span of rest) expect(span.end - span.start).toBeLessThan(7_200_000);
    }),
  );
});

test('thirty days of New York need a day of hours and 29 days', () => {
  const period = {
    start: Temporal.Instant.from('2025-06-10T04:00:00Z'),
    end: Temporal.Instant.from('2025-07-10T04:00:00Z'),
  };
  const { months, days, hours, rest } = cutPeriod(period, 'month');
  const length = (spans: Span[]) => spans.reduce((sum, { start, end }) => sum + end - start, 0) / 3_600_000;
  expect([length(months), length(days), length(hours), length(rest)]).toEqual([0, 29 * 24, 24, 0]);
});

test('hours that follow each other are one stretch', () => {
  const hours = ['2025-07-01T03:00Z', '2025-07-01T01:00Z', '2025-07-01T02:00Z', '2025-07-02T00:00Z'];
  const lengths = joinHours(hours.map((hour) => new Date(hour))).map(
    ({ start, end }) => (end - start) / 3_600_000,
  );
  expect(lengths).toEqual([3, 1]);
});
