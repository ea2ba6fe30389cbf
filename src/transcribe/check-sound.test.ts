import { describe, expect, it } from 'vitest';
import { checkSound, isSilent } from './check-sound.ts';
import type { RawTranscript } from './transcriber.ts';

const heard = (start: number, end: number, text: string, channel = 0): RawTranscript => ({
  channels: [{ channel, segments: [{ start, end, text, words: [] }], speechSeconds: null }],
  language: 'en',
  engine: 'test:ear',
  simulated: false,
  seconds: 1,
  cost: null,
  warnings: [],
});
// 10 peaks a second for a minute: sound from 10 to 20 s
const peaks = Array.from({ length: 600 }, (_, index) => (index >= 100 && index < 200 ? 90 : 1));

describe('checkSound', () => {
  it('believes words where something sounds, a little off or not', () => {
    for (const [start, end] of [
      [11, 14],
      [9.2, 9.8],
      [20.1, 20.9],
    ] as const)
      expect(checkSound(heard(start, end, 'thank you for watching this'), [peaks], 60)).toBeTruthy();
  });

  it('does not believe words in silence', () => {
    const check = () => checkSound(heard(40, 44, 'thank you for watching this'), [peaks], 60);
    expect(check).toThrow(/5 words where nothing is heard/);
  });

  it('looks at the channel of the words', () => {
    const loud = peaks.map(() => 90);
    expect(() => checkSound(heard(40, 44, 'thank you for watching', 0), [peaks, loud], 60)).toThrow();
    expect(checkSound(heard(40, 44, 'thank you for watching', 1), [peaks, loud], 60)).toBeTruthy();
  });

  it('forgives a word or two, and does not judge without peaks', () => {
    expect(checkSound(heard(40, 41, 'you know'), [peaks], 60)).toBeTruthy();
    expect(checkSound(heard(40, 44, 'thank you for watching'), [], 60)).toBeTruthy();
    expect(checkSound(heard(40, 44, 'thank you for watching'), [[]], 60)).toBeTruthy();
  });
});

describe('isSilent', () => {
  it('is true only where all channels are', () => {
    expect(isSilent([[0, 1, 2]])).toBe(true);
    expect(isSilent([[0, 1, 2], [3]])).toBe(false);
    expect(isSilent([])).toBe(false);
  });
});
