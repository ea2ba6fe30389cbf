import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bars } from './peaks.ts';

test('each bar is the loudest of its share', () => {
  expect(bars([0, 50, 100, 200, 10, 0], 3)).toEqual([0.25, 1, 0.05]);
});

test('silence stays silent', () => {
  expect(bars([0, 0, 0], 2)).toEqual([0, 0]);
});

test('never more bars than peaks, never outside 0 to 1', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 255 })),
      fc.integer({ min: 1, max: 300 }),
      (peaks, count) => {
        const drawn = bars(peaks, count);
        expect(drawn).toHaveLength(Math.min(count, peaks.length));
        for (const bar of drawn) expect(bar >= 0 && bar <= 1).toBe(true);
      },
    ),
  );
});
