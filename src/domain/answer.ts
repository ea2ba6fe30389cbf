import type { Flag, NotAProspectReason, Reached, Result } from './outcome.ts';
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

/**
 * All that a judge found in one call: what policy (src/domain/policy.ts) turns into an outcome. Each finding
 * carries its quotes; `disqualifier` is why the caller did not call for this service, if so.
 */
export type Judgement = {
  /** Name and version of the judge, e.g. `local-1`. */
  judge: string;
  reached: Reached;
  answers: Answer[];
  disqualifier: { reason: NotAProspectReason; evidence: Evidence[] } | null;
  result: { value: Result; evidence: Evidence[] };
  flags: { flag: Flag; evidence: Evidence[] }[];
};
