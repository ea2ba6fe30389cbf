import { expect, test } from 'vitest';
import { byName, calibration, confusion, kappa, share } from '../../bench/eval/agreement.ts';

const pairs = [
  ['yes', 'yes'],
  ['yes', 'no'],
  ['no', 'no'],
  ['no', 'no'],
] as const;

test('kappa is agreement beyond chance', () => {
  // observed 0.75, by chance 0.5 * 0.25 + 0.5 * 0.75 = 0.5
  expect(kappa(pairs)).toBe(0.5);
  expect(kappa([['a', 'a']])).toBeNull();
  expect(kappa([])).toBeNull();
});

test('names have precision and recall', () => {
  expect(byName(pairs).yes).toEqual({ precision: 0.5, recall: 1, given: 2, labelled: 1 });
  expect(byName(pairs).no).toEqual({ precision: 1, recall: 0.667, given: 2, labelled: 3 });
});

test('the confusion table counts labels by what was given', () => {
  expect(confusion(pairs)).toEqual({ yes: { yes: 1 }, no: { yes: 1, no: 2 } });
});

test('calibration compares stated confidence with what was right', () => {
  expect(
    calibration([
      { confidence: 0.9, right: true },
      { confidence: 1, right: true },
      { confidence: 0.55, right: false },
    ]),
  ).toEqual([
    { from: 0.5, to: 0.6, answers: 1, confidence: 0.55, right: 0 },
    { from: 0.9, to: 1, answers: 2, confidence: 0.95, right: 1 },
  ]);
});

test('a share of nothing is unknown, not zero', () => {
  expect(share([])).toBeNull();
});
