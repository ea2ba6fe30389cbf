import type { Word } from '../../domain/transcript.ts';
import type { Segment } from '../transcriber.ts';

/** A pause that ends a segment where only words are given, in seconds. */
const pause = 0.6;

/** Words in the order of time, cut into segments at pauses. */
export function segmentsFromWords(words: readonly Word[]): Segment[] {
  const groups: Word[][] = [];
  for (const word of words) {
    const last = groups.at(-1)?.at(-1);
    if (last && word.start - last.end < pause) groups.at(-1)!.push(word);
    else groups.push([word]);
  }
  return groups.map(segmentOf);
}

/** One segment of words that belong together; there must be one at least. */
export function segmentOf(words: Word[]): Segment {
  const text = words.map((word) => word.text).join(' ');
  return { start: words[0]!.start, end: words.at(-1)!.end, text, words };
}
