import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Turn } from '../../domain/transcript.ts';
import { widenToSpeech } from './widen-to-speech.ts';

const word = (text: string, start: number) => ({ text, start, end: start + 0.4, confidence: 0.9 });
const turnOf = (...words: ReturnType<typeof word>[]): Turn => ({
  speaker: 'caller',
  speakerConfidence: 1,
  start: words[0]!.start,
  end: words.at(-1)!.end,
  text: words.map(({ text }) => text).join(' '),
  words,
});

it('reaches to the end of the speech where no word follows', () => {
  const turns = [turnOf(word('it', 10), word('is', 10.5), word('[card_number]', 12))];
  expect(widenToSpeech([{ start: 11.75, end: 13 }], turns, [{ start: 9.8, end: 16.2 }])).toEqual([
    { start: 10.9, end: 16.2 },
  ]);
});

it('ends at the next word that stays', () => {
  const turns = [turnOf(word('[ssn]', 12), word('thanks', 15)), turnOf(word('great', 16))];
  expect(widenToSpeech([{ start: 11.75, end: 13 }], turns, [{ start: 11, end: 16 }])).toEqual([
    { start: 11, end: 15 },
  ]);
});

it('stays as it is outside of speech that is known', () => {
  const span = { start: 11.75, end: 13 };
  expect(widenToSpeech([span], [], [{ start: 20, end: 30 }])).toEqual([span]);
  expect(widenToSpeech([span], [], [])).toEqual([span]);
});

it('never mutes less, whatever is said around it', () => {
  const time = fc.double({ min: 0, max: 100, noNaN: true });
  const span = fc.tuple(time, time).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));
  fc.assert(
    fc.property(span, fc.array(span), fc.array(time, { minLength: 1 }), (removed, speech, words) => {
      const turns = [turnOf(...words.sort((a, b) => a - b).map((at) => word('word', at)))];
      const [wide] = widenToSpeech([removed], turns, speech);
      expect(wide!.start).toBeLessThanOrEqual(removed.start);
      expect(wide!.end).toBeGreaterThanOrEqual(removed.end);
    }),
  );
});
