import type { RawChannel } from '../transcriber.ts';

/** Fewer words than this may agree by chance. */
const enoughWords = 8;
const together = 0.4;

/**
 * True when two channels carry the same talk: both sides were mixed into both, so a channel says nothing about who
 * speaks. Their sound may differ (levels, echo); their words, at the same times, do not.
 */
export function haveSameWords(a: RawChannel, b: RawChannel): boolean {
  const [words, others] = [a, b].map(({ segments }) => segments.flatMap((segment) => segment.words));
  const [few, many] = words!.length <= others!.length ? [words!, others!] : [others!, words!];
  if (few.length < enoughWords) return false;
  const matching = few.filter((word) =>
    many.some(
      (other) =>
        Math.abs(other.start - word.start) <= together &&
        other.text.toLowerCase() === word.text.toLowerCase(),
    ),
  );
  return matching.length >= 0.7 * few.length;
}
