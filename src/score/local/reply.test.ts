import { expect, test } from 'vitest';
import { hear } from './heard-text.ts';
import { classifyReply, isAsked, isStall, isUnsure } from './reply.ts';

const heard = (text: string) => hear({ speaker: 'caller', text }, 0);

test.each([
  ['Yes.', 'yes'],
  ['yeah i do', 'yes'],
  ['uh huh', 'yes'],
  ['Right, right, both.', 'yes'],
  ['no', 'no'],
  ['Nope, never.', 'no'],
  ["well, i don't", 'no'],
  ['yeah no', 'no'],
  ["no, yeah, you're right", 'yes'],
  ['no problem', 'yes'],
  ['yes, actually no', 'no'],
  ['yes and no', 'unclear'],
  ["i don't know", 'unclear'],
  ['the blue one', 'unclear'],
])('"%s" is %s', (said, reply) => {
  expect(classifyReply(heard(said).text)).toBe(reply);
});

test('a stall is no answer', () => {
  expect(isStall(heard('hold on').text)).toBe(true);
  expect(isStall(heard('hold on to your hat because I own three of them').text)).toBe(false);
});

test('not knowing is told from answering', () => {
  expect(isUnsure(heard("couldn't tell you").text)).toBe(true);
  expect(isUnsure(heard('seven forty').text)).toBe(false);
});

test('with punctuation only the sentence that ends in a question mark asks', () => {
  const turn = heard('We work with a lawyer in Ohio who takes these cases on. What is your name?');
  expect(isAsked(turn, turn.text.indexOf(' lawyer'), true)).toBe(false);
  expect(isAsked(turn, turn.text.indexOf(' name'), true)).toBe(true);
});
