import { expect, test } from 'vitest';
import { fitsKind, holds } from './criterion-value.ts';
import type { CriterionKind, HoldsIf } from './scorecard.ts';

test.each([
  ['yes_no', 'yes', true],
  ['yes_no', '7', false],
  ['number', '-12.5', true],
  ['number', 'about 7', false],
  ['choice', 'tile', true],
  ['choice', 'slate', false],
  ['date', '2025-03', true],
  ['date', '2025-02-30', false],
  ['date', 'unknown', true],
] as const)('%s may be %s: %s', (kind, value, fits) => {
  expect(fitsKind({ kind, choices: ['tile', 'metal'] }, value)).toBe(fits);
});

const cases: [CriterionKind, HoldsIf | null, string, string][] = [
  ['number', { atLeast: 100 }, '100', 'yes'],
  ['number', { atLeast: 100 }, '99.99', 'no'],
  ['number', { atLeast: 50, atMost: 85 }, '86', 'no'],
  ['choice', { oneOf: ['tile'] }, 'tile', 'yes'],
  ['choice', { oneOf: ['tile'] }, 'metal', 'no'],
  ['date', { withinMonths: 24 }, '2024-05-01', 'yes'],
  ['date', { withinMonths: 24 }, '2023-10', 'no'],
  // some days of it lie within, some do not
  ['date', { withinMonths: 24 }, '2023', 'unknown'],
  ['number', { atLeast: 100 }, 'unknown', 'unknown'],
  ['number', null, '100', 'unknown'],
];
test.each(cases)('%s that holds if %o: %s is %s', (kind, holdsIf, value, expected) => {
  expect(holds({ kind, holdsIf }, value, '2025-11-05T15:00:00Z')).toBe(expected);
});

test('without the date of the call, nothing is some months ago', () => {
  expect(holds({ kind: 'date', holdsIf: { withinMonths: 1 } }, '2025-11-01', null)).toBe('unknown');
});
