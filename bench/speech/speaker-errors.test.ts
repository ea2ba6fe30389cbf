import { expect, it } from 'vitest';
import type { Turn } from '../../src/domain/transcript.ts';
import { speakerErrors } from './speaker-errors.ts';

const turn = (speaker: Turn['speaker'], ...starts: number[]): Turn => ({
  speaker,
  speakerConfidence: 1,
  start: starts[0]!,
  end: starts.at(-1)! + 0.4,
  text: starts.map(() => 'word').join(' '),
  words: starts.map((start) => ({ text: 'word', start, end: start + 0.4, confidence: 1 })),
});

it('counts words in turns of somebody else, and leaves doubtful ones out', () => {
  const truth = [
    { speaker: 'agent', start: 0, end: 5 },
    { speaker: 'caller', start: 4, end: 9 },
  ];
  // 4.5 is spoken into, 20 is nobody's
  expect(speakerErrors([turn('agent', 1, 2, 4.5, 7), turn('caller', 8, 20)], truth)).toEqual({
    spoken: 4,
    misplaced: 1,
  });
});
