import type { WordErrors } from './word-errors.ts';

/** Sums over the recordings of one set. */
export type Tally = WordErrors & {
  files: number;
  /** Seconds of audio, each channel counted by itself. */
  seconds: number;
  /**
   * Seconds of the whole pipeline's work, and of the recogniser alone on the same audio without anything around it:
   * processor time on this machine, waiting for the answer with a provider.
   */
  work: number;
  alone: number | null;
  cost: number | null;
  /** Words whose speaker is known from the reference, and those that stand with another. */
  spoken: number;
  misplaced: number;
};

export const emptyTally = (): Tally => ({
  words: 0,
  errors: 0,
  substitutions: 0,
  insertions: 0,
  deletions: 0,
  files: 0,
  seconds: 0,
  work: 0,
  alone: null,
  cost: null,
  spoken: 0,
  misplaced: 0,
});

/** Adds up; what is known on one side only counts as it is. */
export function addTallies(a: Tally, b: Tally): Tally {
  const sum = (key: keyof Tally) =>
    a[key] === null && b[key] === null ? null : (a[key] ?? 0) + (b[key] ?? 0);
  const keys = Object.keys(a) as (keyof Tally)[];
  return Object.fromEntries(keys.map((key) => [key, sum(key)])) as Tally;
}

/** Word error rate, its parts, and real-time factors: work per second of audio. */
export function describeTally(tally: Tally) {
  const { files, words, substitutions, insertions, deletions, seconds, work, alone, cost } = tally;
  return {
    files,
    words,
    wer: round(tally.errors / words),
    substitutions,
    insertions,
    deletions,
    ...(tally.spoken === 0 ? {} : { speaker_errors: round(tally.misplaced / tally.spoken) }),
    rtf: round(work / seconds),
    ...(alone === null
      ? {}
      : { rtf_engine_alone: round(alone / seconds), pipeline_to_engine: round(work / alone) }),
    ...(cost === null ? {} : { cost: round(cost) }),
  };
}

const round = (value: number) => Number(value.toFixed(4));
