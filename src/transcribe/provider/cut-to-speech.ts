import type { Segment } from '../transcriber.ts';
import { segmentOf } from './segments-from-words.ts';

/** A stretch of a recording, in seconds. */
type Stretch = { start: number; end: number };

/** Sound that stays around speech, in seconds: detectors clip soft beginnings and ends. */
const around = 0.5;
/** Pauses up to this many seconds belong to the talk. */
const longestPause = 3;

/** What is left of a recording whose channels are sent together, and where its times were. */
export type SpeechCut = {
  /** The samples that stay of the next ones, in order; arrays of equal length. */
  accept: (channels: readonly Float32Array[]) => Float32Array[][];
  /** Segments with times of the recording for times of what was left; words apart by a cut become segments of their own. */
  restore: (segments: readonly Segment[]) => Segment[];
};

/**
 * Leaves long silence, music and ringing out of what an engine is sent: it invents words there, and charges for it.
 * @param speech where somebody speaks, per channel; null: not known, all stays
 */
export function cutToSpeech(speech: readonly (readonly Stretch[])[] | null, rate: number): SpeechCut {
  if (speech === null) {
    return { accept: (channels) => [[...channels]], restore: (segments) => [...segments] };
  }
  const kept = joined(speech.flat()).map(({ start, end }) => ({
    from: Math.max(0, Math.floor((start - around) * rate)),
    to: Math.ceil((end + around) * rate),
  }));
  let at = 0;
  return {
    accept: (channels) => {
      const from = at;
      at += channels[0]?.length ?? 0;
      return kept
        .filter((stretch) => stretch.from < at && from < stretch.to)
        .map((stretch) =>
          channels.map((samples) =>
            samples.subarray(Math.max(0, stretch.from - from), Math.min(at, stretch.to) - from),
          ),
        );
    },
    restore: (segments) => segments.flatMap((segment) => restore(segment, kept, rate)),
  };
}

function joined(stretches: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  for (const { start, end } of stretches.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && start - last.end <= longestPause) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}

type Kept = readonly { from: number; to: number }[];

function restore(segment: Segment, kept: Kept, rate: number): Segment[] {
  const groups: { stretch: number; words: Segment['words'] }[] = [];
  for (const word of segment.words) {
    const { stretch, shift } = placeOf((word.start + word.end) / 2, kept, rate);
    const moved = { ...word, start: round(word.start + shift), end: round(word.end + shift) };
    if (groups.at(-1)?.stretch === stretch) groups.at(-1)!.words.push(moved);
    else groups.push({ stretch, words: [moved] });
  }
  if (groups.length > 1) return groups.map(({ words }) => segmentOf(words));
  // nudged inwards: what begins or ends at a cut belongs to the talk that it is part of
  const nudge = Math.min(0.01, (segment.end - segment.start) / 2);
  return [
    {
      ...segment,
      start: round(segment.start + placeOf(segment.start + nudge, kept, rate).shift),
      end: round(segment.end + placeOf(segment.end - nudge, kept, rate).shift),
      words: groups[0]?.words ?? [],
    },
  ];
}

/** In which stretch a time of what was left lies, and by how much it lay later in the recording. */
function placeOf(time: number, kept: Kept, rate: number): { stretch: number; shift: number } {
  let before = 0;
  for (const [stretch, { from, to }] of kept.entries()) {
    if (time * rate < before + (to - from) || stretch === kept.length - 1) {
      return { stretch, shift: (from - before) / rate };
    }
    before += to - from;
  }
  return { stretch: 0, shift: 0 };
}

const round = (seconds: number) => Number(seconds.toFixed(3));
