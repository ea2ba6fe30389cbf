import type { Word } from '../../domain/transcript.ts';

/** One recognition result. Times in seconds from the beginning of the recognised audio. */
export type Pieces = {
  text: string;
  tokens: string[];
  timestamps: number[];
  /** Natural logarithms of probabilities; shorter than `tokens` where unknown. */
  logProbabilities: number[];
};

/** A piece at the end of a word still sounds for about this long, in seconds. */
const lastPieceSeconds = 0.2;

/**
 * Joins pieces to words. A piece that begins with a space (or U+2581) begins a word. Where the model gives no
 * times, words share the audio by their length and have no confidence.
 */
export function wordsFromPieces(pieces: Pieces, seconds: number): Word[] {
  const { tokens, timestamps, logProbabilities } = pieces;
  if (timestamps.length < tokens.length || tokens.length === 0) return shareOut(pieces.text, seconds);
  const groups: { text: string; start: number; last: number; logs: number[] }[] = [];
  for (const [index, token] of tokens.entries()) {
    const begins = /^[ \u2581]/.test(token) || groups.length === 0;
    const plain = token.replace(/^[ \u2581]+/, '');
    const time = timestamps[index]!;
    const log = logProbabilities[index];
    if (begins) groups.push({ text: plain, start: time, last: time, logs: [] });
    const group = groups.at(-1)!;
    if (!begins) group.text += plain;
    group.last = time;
    if (log !== undefined) group.logs.push(log);
  }
  return groups
    .filter((group) => group.text !== '' && !/^<.*>$/.test(group.text))
    .map((group, index, all) => {
      const next = all[index + 1]?.start ?? seconds;
      const start = Math.min(group.start, seconds);
      const end = Math.max(start, Math.min(group.last + lastPieceSeconds, next, seconds));
      return { text: group.text, start, end, confidence: meanProbability(group.logs) };
    });
}

/** e to the mean of logarithms, or null where none are known. */
function meanProbability(logs: number[]): number | null {
  if (logs.length === 0) return null;
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  return Number(Math.min(1, Math.exp(mean)).toFixed(3));
}

function shareOut(text: string, seconds: number): Word[] {
  const words = text.split(/\s+/).filter(Boolean);
  const letters = words.reduce((sum, word) => sum + word.length + 1, 0);
  let at = 0;
  return words.map((word) => {
    const start = (seconds * at) / letters;
    at += word.length + 1;
    return { text: word, start, end: (seconds * at) / letters, confidence: null };
  });
}
