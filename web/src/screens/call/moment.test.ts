import fc from 'fast-check';
import { expect, test } from 'vitest';
import { momentAt, momentOf, spanAt } from './moment.ts';

const turns = [
  {
    start: 0.5,
    end: 2,
    words: [
      { start: 0.5, end: 0.9 },
      { start: 1.2, end: 2 },
    ],
  },
  { start: 3, end: 5, words: [] },
];

test('the turn stays current through a pause, the word does not', () => {
  expect(momentAt(turns, 0.2)).toEqual({ turn: -1, word: -1 });
  expect(momentAt(turns, 0.6)).toEqual({ turn: 0, word: 0 });
  expect(momentAt(turns, 1)).toEqual({ turn: 0, word: -1 });
  expect(momentAt(turns, 2.5)).toEqual({ turn: 0, word: -1 });
});

test('turns without words are found all the same', () => {
  expect(momentAt(turns, 4)).toEqual({ turn: 1, word: -1 });
});

test('the search agrees with looking at every span', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 100, noNaN: true })),
      fc.double({ min: -1, max: 101, noNaN: true }),
      (starts, seconds) => {
        const spans = starts.sort((a, b) => a - b).map((start) => ({ start, end: start + 1 }));
        expect(spanAt(spans, seconds)).toBe(spans.filter((span) => span.start <= seconds).length - 1);
      },
    ),
  );
});

test('a link to a word never leads to what was said before it', () => {
  expect([momentOf(14), momentOf(44.9), momentOf(44.91), momentOf(0.1 + 0.2)]).toEqual([14, 44.9, 45, 0.3]);
  const turns = [
    { start: 40, end: 44.9, words: [] },
    { start: 44.9, end: 48, words: [] },
  ];
  expect(momentAt(turns, momentOf(44.9)).turn).toBe(1);
});
