import { createHash } from 'node:crypto';
import type { Judgement } from '../domain/answer.ts';
import type { Outcome } from '../domain/outcome.ts';
import { type CallFacts, decideOutcome } from '../domain/policy.ts';
import { applyReviews, type Review } from '../domain/review.ts';
import type { Scorecard } from '../domain/scorecard.ts';
import type { Turn } from '../domain/transcript.ts';
import { checkKinds } from './check-kinds.ts';
import { checkEvidence } from './evidence.ts';
import type { Judge } from './judge.ts';

/** The judge's own answers and outcome, as they are stored. */
export type Evaluation = {
  id: string;
  callId: string;
  scorecard: string;
  version: string;
  judgement: Judgement;
  outcome: Outcome;
  /** ISO 8601; the date that ages and other dates were held against. */
  callDate: string | null;
};

/** A transcribed call, with what is reported of it. */
export type CallUnderJudgement = {
  id: string;
  turns: readonly Turn[];
  callDate: string | null;
  facts: CallFacts;
};

/** Asks the judge and holds its claims against the transcript and the scorecard. @throws Failure */
export async function judgeCall(
  call: CallUnderJudgement,
  scorecard: Scorecard,
  judge: Judge,
  signal?: AbortSignal,
): Promise<Evaluation> {
  const { turns } = call;
  const claims = await judge({
    turns,
    scorecard,
    callDate: call.callDate,
    callId: call.id,
    ...(signal && { signal }),
  });
  return evaluate(call, scorecard, checkEvidence(checkKinds(claims, scorecard), turns));
}

/** What policy makes of a judgement that has passed the evidence check, ready to be stored. */
export function evaluate(
  { id: callId, turns, callDate, facts }: CallUnderJudgement,
  scorecard: Scorecard,
  judgement: Judgement,
): Evaluation {
  const outcome = decideOutcome(judgement, scorecard, facts);
  const spoken = turns.map(({ speaker, start, text }) => [speaker, start, text]);
  return {
    id: contentId([callId, scorecard.id, scorecard.version, callDate, spoken, judgement, outcome]),
    callId,
    scorecard: scorecard.id,
    version: scorecard.version,
    judgement,
    outcome,
    callDate,
  };
}

/** The outcome that stands: the judge's own, with people's words in place of the judge's where they spoke. */
export function outcomeWithReviews(
  { judgement, outcome }: Pick<Evaluation, 'judgement' | 'outcome'>,
  scorecard: Scorecard,
  facts: CallFacts,
  reviews: readonly Review[],
): Outcome {
  if (reviews.length === 0) return outcome;
  const { judgement: reviewed, ruling } = applyReviews(judgement, reviews);
  return decideOutcome(reviewed, scorecard, facts, ruling);
}

/** The same words of the same day with the same findings have the same id: a rerun adds no row, and none ever changes. */
function contentId(content: unknown): string {
  return `eval_${createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 26)}`;
}
