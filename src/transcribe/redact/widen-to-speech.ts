import type { Redaction, Turn } from '../../domain/transcript.ts';

/** Where somebody speaks, in seconds of the recording. */
export type SpeechSpan = { start: number; end: number };

/** Recognisers place words roughly; a removed stretch of this much reaches into the speech beside it. */
const overlap = 0.05;

/**
 * What is muted goes on, before and after the removed words, to the next word that stays or to the end of the speech:
 * digits that the recogniser left out stand beside those that it caught, and are heard all the same.
 * @param turns with placeholders in the place of what was removed
 */
export function widenToSpeech<T extends Pick<Redaction, 'start' | 'end'>>(
  redactions: readonly T[],
  turns: readonly Turn[],
  speech: readonly SpeechSpan[],
): T[] {
  const kept = turns.flatMap(({ words }) => words.filter(({ text }) => !/^\[[a-z_]+\]$/.test(text)));
  return redactions.map((redaction) => {
    const { start, end } = redaction;
    const around = speech.filter((span) => span.start < end - overlap && start + overlap < span.end);
    if (around.length === 0) return redaction;
    const middle = (start + end) / 2;
    const before = Math.max(0, ...kept.filter((word) => word.start < middle).map((word) => word.end));
    const later = kept.filter((word) => word.start >= middle).map((word) => word.start);
    const after = Math.min(Number.POSITIVE_INFINITY, ...later);
    const first = Math.max(before, Math.min(...around.map((span) => span.start)));
    const last = Math.min(after, Math.max(...around.map((span) => span.end)));
    return { ...redaction, start: Math.min(start, first), end: Math.max(end, last) };
  });
}
