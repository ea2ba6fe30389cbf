import { expect, it } from 'vitest';
import { ageBand } from './age-band.ts';

const on = new Date('2025-10-22T12:00:00Z');

it.each([
  ['april the ninth nineteen fifty five', '70-74'],
  ['04/09/1955', '70-74'],
  ['six, eleven, ninety-one', '30-34'],
  ['The 5th of November, 1972', '50-54'],
  ['two fourteen seventy-five', '50-54'],
  ['nineteen sixty six', '55-59'],
  ['ten ten oh two', '20-24'],
])('%s is %s', (said, band) => {
  expect(ageBand(said, on)).toBe(band);
});

it.each(['april ninth', 'the tenth', '', 'hello'])('"%s" tells no age', (said) => {
  expect(ageBand(said, on)).toBeNull();
});
