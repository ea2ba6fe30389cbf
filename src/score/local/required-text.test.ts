import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HeardCall } from './heard-call.ts';
import { hear } from './heard-text.ts';
import { findReadAloud, readAloudFrom } from './required-text.ts';

const text =
  'We do not offer every plan available in your area. Any information we provide is limited to those plans we do ' +
  'offer in your area. Please contact Medicare.gov or 1-800-MEDICARE to get information on all of your options.';

function callOf(...lines: string[]): HeardCall {
  const turns = lines.map((line, index) =>
    hear({ speaker: line.startsWith('C') ? 'caller' : 'agent', text: line.slice(3) }, index),
  );
  return { turns } as HeardCall;
}

test('finds the text read out, with the turns that hold it', () => {
  const read = findReadAloud(text, callOf('A: Hi, this is Dana.', `A: ${text}`, 'C: Okay.'));
  expect(read.share).toBe(1);
  expect(read.turns.map(({ index }) => index)).toEqual([1]);
});

test('passes over fillers, a listener in between and errors of recognition', () => {
  const read = findReadAloud(
    text,
    callOf(
      'A: okay so um we do not offer every plan availible in your aria any uh information we provide is limitted to',
      'C: mm hm',
      'A: those plans we do offer in your area please contract medicare dot gov or one eight hundred medicare to get inflammation on all your option',
    ),
  );
  expect(read.share).toBeGreaterThanOrEqual(readAloudFrom.whole);
  expect(read.turns.map(({ index }) => index)).toEqual([0, 2]);
});

test('neither small talk nor the caller reads it out', () => {
  const talk = callOf('A: Which plan do you have in your area?', `C: They always say: ${text}`, 'A: I see.');
  expect(findReadAloud(text, talk).share).toBeLessThan(readAloudFrom.partly);
});

test('more words heard never make the share smaller', () => {
  const words = text.split(' ');
  fc.assert(
    fc.property(fc.subarray(words), fc.subarray(words), (some, more) => {
      const share = (said: string[]) => findReadAloud(text, callOf(`A: ${said.join(' ')}`)).share;
      const both = words.filter((word) => some.includes(word) || more.includes(word));
      expect(share(both)).toBeGreaterThanOrEqual(share(some.filter((word) => both.includes(word))) - 1e-9);
    }),
    { numRuns: 50 },
  );
});
