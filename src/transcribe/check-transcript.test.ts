import { describe, expect, it } from 'vitest';
import { checkTranscript, hasLoop } from './check-transcript.ts';
import type { RawTranscript, Segment } from './transcriber.ts';

const audio = { path: '/a.wav', seconds: 30, channels: 1, layout: 'mono' as const };

function raw(segments: Segment[], speechSeconds: number | null = null): RawTranscript {
  const channels = [{ channel: 0, segments, speechSeconds }];
  return { channels, language: 'en', engine: 'e', simulated: false, seconds: 1, cost: null, warnings: [] };
}
const segment = (start: number, end: number, text = 'hello there'): Segment => ({
  start,
  end,
  text,
  words: [],
});

describe('checkTranscript', () => {
  it('passes an honest answer on', () => {
    const answer = raw([segment(1, 2), segment(3, 30.5)]);
    expect(checkTranscript(answer, audio)).toBe(answer);
  });

  it.each([
    ['ends after the audio', [segment(1, 33)]],
    ['begins before it', [segment(-1, 2)]],
    ['ends before it begins', [segment(5, 4)]],
    ['has no number for a time', [segment(Number.NaN, 4)]],
    ['goes back in time', [segment(20, 21), segment(2, 3)]],
    ['has more words than anybody says', [segment(0, 30, 'many different words '.repeat(200))]],
  ])('refuses an answer that %s', (_name, segments) => {
    expect(() => checkTranscript(raw(segments), audio)).toThrow(/transcribe\.bad-answer/);
  });

  it('refuses words outside the audio and a channel that does not exist', () => {
    const word = { text: 'x', start: 40, end: 41, confidence: null };
    expect(() => checkTranscript(raw([{ ...segment(1, 2), words: [word] }]), audio)).toThrow();
    const other = { ...raw([]), channels: [{ channel: 1, segments: [], speechSeconds: null }] };
    expect(() => checkTranscript(other, audio)).toThrow();
  });

  it('refuses nothing at all only where somebody speaks for long', () => {
    expect(() => checkTranscript(raw([], 20), audio)).toThrow(/20 s/);
    expect(checkTranscript(raw([], 3), audio).channels).toHaveLength(1);
    expect(checkTranscript(raw([], null), audio).channels).toHaveLength(1);
  });
});

describe('hasLoop', () => {
  it('sees words that repeat without end, one or several', () => {
    expect(hasLoop(Array(20).fill('okay'))).toBe(true);
    expect(hasLoop(Array(10).fill(['thank', 'you', 'bye']).flat())).toBe(true);
  });

  it('lets people repeat themselves, and numbers be long', () => {
    expect(hasLoop('no no no no no i said no'.split(' '))).toBe(false);
    expect(hasLoop(Array(30).fill('zero'))).toBe(false);
  });
});
