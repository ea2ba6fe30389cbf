import { expect, it } from 'vitest';
import type { SoundMark } from '../domain/sound-mark.ts';
import { mergeMarks } from './merge-marks.ts';

const channel = (index: number, marks?: SoundMark[]) => ({
  channel: index,
  segments: [],
  speechSeconds: null,
  ...(marks ? { marks } : {}),
});

it('takes music of any channel, and silence of all', () => {
  const merged = mergeMarks([
    channel(0, [
      { kind: 'silence', start: 0, end: 30 },
      { kind: 'music', start: 40, end: 50 },
    ]),
    channel(1, [
      { kind: 'music', start: 0, end: 12 },
      { kind: 'silence', start: 12, end: 25 },
      { kind: 'music', start: 45, end: 55 },
    ]),
  ]);
  expect(merged).toEqual([
    { kind: 'music', start: 0, end: 12 },
    { kind: 'silence', start: 12, end: 25 },
    { kind: 'music', start: 40, end: 55 },
  ]);
});

it('says nothing where nobody listened for it', () => {
  expect(mergeMarks([channel(0), channel(1)])).toBeNull();
  expect(mergeMarks([channel(0, [])])).toEqual([]);
});
