import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wilsonInterval } from './wilson.ts';

test('known intervals', () => {
  // published by the NIST handbook's method and R's prop.test(…, correct = FALSE)
  expect(wilsonInterval(8, 10)).toEqual({ low: 49.02, high: 94.33 });
  expect(wilsonInterval(0, 10)).toEqual({ low: 0, high: 27.75 });
  expect(wilsonInterval(500, 1000)).toEqual({ low: 46.91, high: 53.09 });
  expect(wilsonInterval(0, 0)).toEqual({ low: null, high: null });
});

test('the interval holds the rate and shrinks with more calls', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
      const of = Math.round(share * n);
      const { low, high } = wilsonInterval(of, n);
      const rate = (100 * of) / n;
      expect(low!).toBeLessThanOrEqual(rate + 0.005);
      expect(high!).toBeGreaterThanOrEqual(rate - 0.005);
      const more = wilsonInterval(10 * of, 10 * n);
      expect(more.high! - more.low!).toBeLessThanOrEqual(high! - low! + 0.011);
    }),
  );
});
