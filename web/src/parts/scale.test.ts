import fc from 'fast-check';
import { expect, test } from 'vitest';
import { axisTicks, labelEvery } from './scale.ts';

test('ticks are round and reach the maximum', () => {
  expect(axisTicks(97, true)).toEqual([0, 25, 50, 75, 100]);
  expect(axisTicks(4, true)).toEqual([0, 1, 2, 3, 4]);
  expect(axisTicks(0, true)).toEqual([0, 1]);
});

test('counts have no ticks between whole numbers', () => {
  expect(axisTicks(9, true)).toEqual([0, 5, 10]);
  expect(axisTicks(9, false)).toEqual([0, 2.5, 5, 7.5, 10]);
  expect(axisTicks(1, true)).toEqual([0, 1]);
});

test('few ticks, whatever the size', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e12, noNaN: true }), (max) => {
      const ticks = axisTicks(max, false);
      expect(ticks.length).toBeLessThanOrEqual(6);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(max * (1 - 1e-6));
    }),
  );
});

test('labels thin out on narrow charts', () => {
  expect(labelEvery(7, 700, 60)).toBe(1);
  expect(labelEvery(30, 300, 60)).toBe(6);
});
