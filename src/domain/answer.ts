import type { Speaker } from './transcript.ts';

/** Words of the transcript that support an answer. `turn` is its index; times in seconds. */
export type Evidence = { turn: number; quote: string; speaker: Speaker; start: number; end: number };

/**
 * The answer to one criterion. A `yes` or `no` without evidence does not exist: checking turns it into
 * `unknown` (src/score/evidence.ts). `note` says why an answer is unknown or doubtful.
 */
export type Answer = {
  criterion: string;
  /** `yes`, `no`, `unknown`; for number, choice and date criteria the value as text, or `unknown`. */
  value: string;
  /** 0..1 */
  confidence: number;
  evidence: Evidence[];
  note: string | null;
};
