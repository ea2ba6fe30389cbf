import type { Judgement } from '../domain/answer.ts';
import type { Scorecard } from '../domain/scorecard.ts';
import type { Turn } from '../domain/transcript.ts';

export type JudgeInput = {
  turns: readonly Turn[];
  scorecard: Scorecard;
  /** ISO 8601, or null when the platform sent none. */
  callDate: string | null;
  /** Whose costs are recorded; null or left out: nobody's. */
  callId?: string | null;
  signal?: AbortSignal;
};

/**
 * Answers a scorecard's questions about one call. What it returns is a claim: the caller checks the quotes
 * (evidence.ts) and lets policy decide. Throws `Failure` where it cannot answer at all.
 */
export type Judge = (input: JudgeInput) => Promise<Judgement>;
