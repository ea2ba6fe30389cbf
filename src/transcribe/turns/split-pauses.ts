import type { Segment } from '../transcriber.ts';

/** A pause after which, on one channel, somebody else may have begun to speak, in seconds. */
const pause = 0.6;

/** Cuts segments of a one-channel recording at their pauses. Segments without word times stay whole. */
export function splitPauses(segments: readonly Segment[]): Segment[] {
  return segments.flatMap((segment) => {
    const starts = segment.words.flatMap((word, index) => {
      const before = segment.words[index - 1];
      return !before || word.start - before.end >= pause ? [index] : [];
    });
    if (starts.length < 2) return [segment];
    return starts.map((from, index) => {
      const words = segment.words.slice(from, starts[index + 1]);
      const text = words.map((word) => word.text).join(' ');
      return { start: words[0]!.start, end: words.at(-1)!.end, text, words };
    });
  });
}
