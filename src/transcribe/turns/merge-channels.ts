import type { Segment } from '../transcriber.ts';
import { isShouting, toSentenceCase } from './sentence-case.ts';

/** Something said on one channel before another one speaks. */
export type Utterance = Segment & { channel: number };

/** A pause within which somebody still goes on, in seconds. */
const goesOn = 2;
/** A gap between words into which an interjection fits, in seconds. */
const breath = 0.25;
/** Recognisers place words only roughly, in seconds. */
const slack = 0.3;

/**
 * Segments of all channels in the order of time. A segment is cut where another channel speaks into one of its
 * gaps; pieces of one channel that nobody interrupts become one.
 */
export function mergeChannels(
  channels: readonly { channel: number; segments: readonly Segment[] }[],
): Utterance[] {
  const shouting = isShouting(
    channels.flatMap(({ segments }) => segments.flatMap((segment) => segment.words)),
  );
  const utterances = channels.flatMap(({ channel, segments }) => {
    const others = channels.filter((other) => other.channel !== channel).flatMap((other) => other.segments);
    return segments.flatMap((segment) => cutAt(segment, others)).map((segment) => ({ ...segment, channel }));
  });
  utterances.sort((a, b) => a.start - b.start || a.channel - b.channel);
  return joinNeighbours(utterances).map((utterance) => (shouting ? withCase(utterance) : utterance));
}

function cutAt(segment: Segment, others: readonly Segment[]): Segment[] {
  const inside = others.filter((other) => other.start > segment.start && other.start < segment.end);
  const cuts = segment.words.flatMap((word, index) => {
    const before = segment.words[index - 1];
    if (!before || word.start - before.end < breath) return [];
    const spokenInto = inside.some(
      (other) => other.start >= before.end - slack && other.start <= word.start + slack,
    );
    return spokenInto ? [index] : [];
  });
  if (cuts.length === 0) return [segment];
  return [0, ...cuts].map((from, index) => fromWords(segment.words.slice(from, cuts[index])));
}

function fromWords(words: Segment['words']): Segment {
  const text = words.map((word) => word.text).join(' ');
  return { start: words[0]!.start, end: words.at(-1)!.end, text, words };
}

function joinNeighbours(utterances: Utterance[]): Utterance[] {
  const joined: Utterance[] = [];
  for (const utterance of utterances) {
    const last = joined.at(-1);
    if (last && last.channel === utterance.channel && utterance.start - last.end <= goesOn) {
      joined[joined.length - 1] = join(last, utterance);
    } else joined.push(utterance);
  }
  return joined;
}

function join(a: Utterance, b: Utterance): Utterance {
  // word times of one part only would be worse than none
  const words = a.words.length > 0 && b.words.length > 0 ? [...a.words, ...b.words] : [];
  return { ...a, end: Math.max(a.end, b.end), text: `${a.text} ${b.text}`, words };
}

function withCase(utterance: Utterance): Utterance {
  if (utterance.words.length === 0) return utterance;
  const words = toSentenceCase(utterance.words);
  return { ...utterance, words, text: words.map((word) => word.text).join(' ') };
}
