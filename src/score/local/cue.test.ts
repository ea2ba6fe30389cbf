import { expect, test } from 'vitest';
import { compileCues, findCue, findLastCue } from './cue.ts';
import { hear } from './heard-text.ts';

const matches = (cue: string, said: string) =>
  findCue(compileCues([cue]), hear({ speaker: 'caller', text: said }, 0).text) !== null;

test.each([
  ['(i|we) own', 'We own it.', true],
  ['(i|we) own', 'they own it', false],
  ['own [the] house', 'I own house and barn', true],
  ['signed ~ lawyer', 'signed up with some other lawyer', true],
  ['signed ~ lawyer', 'signed one thing and then the next with that lawyer', false],
  ['<n> a month', 'two sixty a month', true],
  ['<50-85> years old', 'seventy one years old', true],
  ['<50-85> years old', 'forty nine years old', false],
  ['enroll*', 'enrolled', true],
  ['lawyer', 'any lawyers', true],
  ['own', 'owner', false],
  ["don't want", 'dont want', true],
])('"%s" on "%s": %s', (cue, said, expected) => {
  expect(matches(cue, said)).toBe(expected);
});

test('the last match is found, not the first', () => {
  const text = ' no i mean no';
  expect(findLastCue(compileCues(['no']), text)?.at).toBe(10);
});

test.each(['(a|b', 'a)', 'a|b', '', '?', 'um'])('"%s" is refused', (cue) => {
  expect(() => compileCues([cue])).toThrow();
});
