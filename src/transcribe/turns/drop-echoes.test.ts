import { describe, expect, it } from 'vitest';
import type { RawChannel } from '../transcriber.ts';
import { dropEchoes } from './drop-echoes.ts';

function channel(index: number, ...said: [start: number, text: string, confidence: number][]): RawChannel {
  const segments = said.map(([start, text, confidence]) => {
    const words = text
      .split(' ')
      .map((word, at) => ({ text: word, start: start + at * 0.3, end: start + at * 0.3 + 0.2, confidence }));
    return { start, end: words.at(-1)!.end, text, words };
  });
  return { channel: index, segments, speechSeconds: null };
}
const texts = (channels: RawChannel[]) => channels.map(({ segments }) => segments.map(({ text }) => text));

describe('dropEchoes', () => {
  it('keeps the side that was heard better', () => {
    const caller = channel(0, [1, 'i have a leak in my roof', 0.9], [6.1, 'do you on the home', 0.4]);
    const agent = channel(1, [1.2, 'i have a leak my roof', 0.5], [6, 'do you own the home', 0.9]);
    expect(texts(dropEchoes([caller, agent]))).toEqual([
      ['i have a leak in my roof'],
      ['do you own the home'],
    ]);
  });

  it('keeps one of two that are alike', () => {
    const both = [channel(0, [1, 'can you hear me', 0.8]), channel(1, [1.1, 'can you hear me', 0.8])];
    expect(texts(dropEchoes(both)).flat()).toEqual(['can you hear me']);
  });

  it('keeps short words that both say, and what is repeated later', () => {
    const caller = channel(0, [1, 'okay', 0.9], [4, 'three oh three oh nine', 0.9]);
    const agent = channel(1, [1.1, 'okay', 0.5], [7, 'three oh three oh nine', 0.5]);
    expect(texts(dropEchoes([caller, agent]))).toEqual([
      ['okay', 'three oh three oh nine'],
      ['okay', 'three oh three oh nine'],
    ]);
  });
});
