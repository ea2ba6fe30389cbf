import type { SampleTurn } from '../sample.ts';

/** A word with its place, in seconds. */
export type TimedWord = { word: string; start: number; end: number };

/**
 * The words of a turn. A phrase's limits are exact; within it each word gets time in proportion to its letters,
 * which is what is known without listening.
 */
export function timedWords(turn: SampleTurn): TimedWord[] {
  return turn.phrases.flatMap(({ text, start, end }) => {
    const words = text.split(/\s+/);
    const perLetter = (end - start) / words.reduce((sum, word) => sum + word.length + 1, 0);
    let now = start;
    return words.map((word) => {
      const from = now;
      now += (word.length + 1) * perLetter;
      return { word, start: from, end: now };
    });
  });
}
