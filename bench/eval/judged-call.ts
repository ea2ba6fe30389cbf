import type { Judgement } from '../../src/domain/answer.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import { decideOutcome } from '../../src/domain/policy.ts';
import type { Scorecard } from '../../src/domain/scorecard.ts';
import type { Turn } from '../../src/domain/transcript.ts';
import { checkEvidence } from '../../src/score/evidence.ts';
import type { LabelledCall } from './labelled-call.ts';

/** A labelled call with what a judge and policy made of it. */
export type JudgedCall = {
  call: LabelledCall;
  turns: Turn[];
  judgement: Judgement;
  outcome: Outcome;
  /** Why the judge gave no answer to this call at all; null where it did. */
  failure: string | null;
};

/** The turns as a judge gets them: of a mono call without speakers. */
export function turnsOf({ turns, channels }: LabelledCall): Turn[] {
  return turns.map((turn) => ({
    ...turn,
    speaker: channels === 'mono' ? 'unknown' : turn.speaker,
    speakerConfidence: channels === 'mono' ? 0 : 1,
    words: [],
  }));
}

/** Checks the evidence and decides, as the product does. */
export function settle(
  call: LabelledCall,
  turns: Turn[],
  claimed: Judgement,
  scorecard: Scorecard,
): JudgedCall {
  const judgement = checkEvidence(claimed, turns);
  const connected = Number(call.payload.connected_call_length);
  const outcome = decideOutcome(judgement, scorecard, {
    connectedSeconds: Number.isFinite(connected) ? connected : null,
    duplicate: null,
  });
  return { call, turns, judgement, outcome, failure: null };
}

/** A call whose judge failed, by its message: nothing is answered, and every field counts as `unanswered`. */
export function unanswered(call: LabelledCall, turns: Turn[], scorecard: Scorecard, why: string): JudgedCall {
  const nothing: Judgement = {
    judge: 'none',
    reached: 'no_conversation',
    answers: [],
    disqualifier: null,
    result: { value: 'none', evidence: [] },
    flags: [],
  };
  return { ...settle(call, turns, nothing, scorecard), failure: why };
}
