import { expect, test } from 'vitest';
import { createFoldPace } from './fold-pace.ts';

const busy = (mark: number, calls: number, hours = 1) => ({ hours, newest: String(mark), calls });

test('the first fold does not wait', () => {
  expect(createFoldPace(200).isDue(busy(1, 1_000_000), 0)).toBe(true);
  expect(createFoldPace(200).isDue({ hours: 0, newest: null, calls: 0 }, 0)).toBe(false);
});

test('while calls arrive, a fold waits for twenty times what it will cost', () => {
  const pace = createFoldPace(200);
  pace.folded(1_000, 100, 0);
  expect(pace.isDue(busy(1, 1_000), 1_999)).toBe(false);
  expect(pace.isDue(busy(2, 1_000), 2_000)).toBe(true);
  // ten times the calls by then
  expect(pace.isDue(busy(3, 10_000), 2_000)).toBe(false);
});

test('an hour that grows as fast as it can be folded is left until it is quiet', () => {
  const pace = createFoldPace(200);
  pace.folded(1_000, 100, 0);
  for (let second = 1; second < 3_600; second++) {
    expect(pace.isDue(busy(second, 1_000 + second * 1_000), second * 1_000)).toBe(false);
  }
  expect(pace.isDue(busy(3_599, 3_600_000), 3_601_000)).toBe(true);
});

test('more marked hours than reports can do without are folded half of the time', () => {
  const pace = createFoldPace(200);
  pace.folded(1_000, 100, 0);
  expect(pace.isDue(busy(1, 1_000, 201), 99)).toBe(false);
  expect(pace.isDue(busy(2, 1_000, 201), 100)).toBe(true);
});

test('looking has its share of the time', () => {
  expect(createFoldPace(200).untilNextLook(1, 1_000)).toBe(1_000);
  expect(createFoldPace(200).untilNextLook(100, 1_000)).toBe(2_000);
});
