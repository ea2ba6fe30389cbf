import type { Word } from '../../domain/transcript.ts';
import type { RawChannel, Segment } from '../transcriber.ts';

/** An echo comes this long after, or before, what it repeats; recognisers place words only roughly. */
const apart = 0.6;
/** Fewer words may agree by chance: "okay", "thank you". */
const fewest = 3;
const alike = 0.75;

/**
 * Leaves out what one channel only carries over from the other (crosstalk, an echo on the line): the same words at
 * the same time. What stays is the side that was heard better, by the words' confidence, then by their number.
 */
export function dropEchoes(channels: readonly RawChannel[]): RawChannel[] {
  const [first, second] = channels;
  if (!first || !second || channels.length !== 2) return [...channels];
  return [without(first, second, true), without(second, first, false)];
}

function without(own: RawChannel, other: RawChannel, wins: boolean): RawChannel {
  const others = other.segments.flatMap((segment) => segment.words);
  const segments = own.segments.filter((segment) => !isEcho(segment, others, wins));
  return segments.length === own.segments.length ? own : { ...own, segments };
}

function isEcho({ words }: Segment, others: readonly Word[], wins: boolean): boolean {
  if (words.length < fewest) return false;
  const twins = words.flatMap((word) => {
    const text = word.text.toLowerCase();
    const twin = others.find(
      (one) => Math.abs(one.start - word.start) <= apart && one.text.toLowerCase() === text,
    );
    return twin ? [twin] : [];
  });
  if (twins.length < alike * words.length) return false;
  const [heard, also] = [sureness(words), sureness(twins)];
  // as good as each other: one of the two has to give way
  return Math.abs(heard - also) < 0.01 ? !wins : heard < also;
}

const sureness = (words: readonly Word[]) =>
  words.reduce((sum, word) => sum + (word.confidence ?? 0.5), 0) / words.length;
