import { describe, expect, it } from 'vitest';
import { wordsFromPieces } from './words-from-pieces.ts';

describe('wordsFromPieces', () => {
  it('joins pieces at spaces and takes times and confidence from them', () => {
    const words = wordsFromPieces(
      {
        text: 'HELLO THERE',
        tokens: [' HE', 'LLO', '▁THERE'],
        timestamps: [0.2, 0.4, 1],
        logProbabilities: [0, 0, Math.log(0.5)],
      },
      2,
    );
    expect(words).toEqual([
      { text: 'HELLO', start: 0.2, end: expect.closeTo(0.6), confidence: 1 },
      { text: 'THERE', start: 1, end: 1.2, confidence: 0.5 },
    ]);
  });

  it('ends no word after the next one begins, nor after the audio', () => {
    const pieces = { text: 'a b', tokens: [' a', ' b'], timestamps: [0.9, 1], logProbabilities: [] };
    expect(wordsFromPieces(pieces, 1.05).map(({ end }) => end)).toEqual([1, 1.05]);
  });

  it('shares the audio out where the model gives no times', () => {
    const words = wordsFromPieces({ text: 'one three', tokens: [], timestamps: [], logProbabilities: [] }, 5);
    expect(words.map(({ text, start, end }) => [text, start, end])).toEqual([
      ['one', 0, 2],
      ['three', 2, 5],
    ]);
    expect(words.every((word) => word.confidence === null)).toBe(true);
  });

  it('drops marks like <unk>', () => {
    const pieces = { text: '', tokens: ['<unk>'], timestamps: [0], logProbabilities: [] };
    expect(wordsFromPieces(pieces, 1)).toEqual([]);
  });
});
