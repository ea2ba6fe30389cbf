import { expect, test } from 'vitest';
import { ageFromBirth } from './birth-date.ts';
import { levelWords } from './heard-text.ts';

const age = (said: string, callDate: string | null = '2025-11-12') =>
  ageFromBirth(
    levelWords(said)
      .map((word) => ` ${word}`)
      .join(''),
    callDate,
  )?.value ?? null;

test.each([
  ['march third nineteen fifty one', 74],
  ['August 14th, 1948', 77],
  ['december ninth seventy five', 49],
  ['the ninth of May, 1940', 85],
  ['august nineteen eighty', 45],
  ['eight fourteen forty eight', 77],
  ['08/14/48', 77],
  ['december the fifth nineteen and fifty four', 70],
  ['I was born in 1952', 73],
])('%s is an age of %d', (said, years) => expect(age(said)).toBe(years));

test.each(['seventy two', 'in may', 'the fourteenth of august'])('%s tells no date of birth', (said) =>
  expect(age(said)).toBeNull(),
);

test('without the date of the call there is no age', () => expect(age('may 4 1950', null)).toBeNull());
