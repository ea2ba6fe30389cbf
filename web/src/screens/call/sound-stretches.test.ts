import { expect, it } from 'vitest';
import { stretchesOf } from './sound-stretches.ts';

it('shows music, ringing, tones and removed words, and leaves silence out', () => {
  const stretches = stretchesOf({
    marks: [
      { kind: 'ringing', start: 0, end: 8 },
      { kind: 'silence', start: 10, end: 30 },
      { kind: 'music', start: 30, end: 60 },
    ],
    muted: [{ start: 70, end: 74 }],
  });
  expect(stretches.map(({ name, start }) => [name, start])).toEqual([
    ['Ringing', 0],
    ['Hold music or noise', 30],
    ['Removed words', 70],
  ]);
});
