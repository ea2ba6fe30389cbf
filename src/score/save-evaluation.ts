import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { Answer, Judgement } from '../domain/answer.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Evaluation } from './judge-call.ts';

/** What an evaluation's outcome column holds: the outcome, and the evidence of all that is no answer. */
export type StoredOutcome = Outcome & {
  resultEvidence: Judgement['result']['evidence'];
  disqualifier: Judgement['disqualifier'];
  flagEvidence: Judgement['flags'];
  /** ISO 8601; left out by evaluations from before it was kept. */
  callDate?: string | null;
};

/** An outcome that shall stand, and the evaluation it comes from. */
export type StandingOutcome = {
  callId: string;
  evaluationId: string;
  outcome: Outcome;
  /** For which scorecard the call is meant now (ScorecardSet.meantFor); left out: as it was. */
  meantFor?: string;
};

/** Stores evaluations; one that is there already, with the same words and findings, stays. */
export async function saveEvaluations(db: Database, evaluations: readonly Evaluation[]): Promise<void> {
  if (evaluations.length === 0) return;
  const rows = evaluations.map(({ id, callId, scorecard, version, judgement, outcome, callDate }) => ({
    id,
    call_id: callId,
    scorecard,
    scorecard_version: version,
    judge: judgement.judge,
    answers: judgement.answers,
    outcome: {
      ...outcome,
      resultEvidence: judgement.result.evidence,
      disqualifier: judgement.disqualifier,
      flagEvidence: judgement.flags,
      callDate,
    } satisfies StoredOutcome,
  }));
  await sql`
    insert into evaluation (id, call_id, scorecard, scorecard_version, judge, answers, outcome)
    select r.id, r.call_id, r.scorecard, r.scorecard_version, r.judge, r.answers, r.outcome
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, call_id text, scorecard text,
      scorecard_version text, judge text, answers jsonb, outcome jsonb)
    where exists (select from call c where c.id = r.call_id)
    on conflict (id) do nothing`.execute(db);
}

/** Makes outcomes the ones that stand: the one place that writes them to the call. */
export async function saveOutcomes(tx: Database, standing: readonly StandingOutcome[]): Promise<void> {
  if (standing.length === 0) return;
  const rows = standing.map(({ callId, evaluationId, outcome, meantFor }) => ({
    id: callId,
    evaluation_id: evaluationId,
    meant_for: meantFor ?? null,
    reached: outcome.reached,
    prospect: outcome.prospect,
    reason: outcome.reason,
    result: outcome.result,
    billable: outcome.billable,
    billable_reason: outcome.billableReason,
    score: outcome.score,
    flags: outcome.flags,
    explanation: outcome.explanation,
  }));
  await sql`
    update call c set evaluation_id = r.evaluation_id, meant_for = coalesce(r.meant_for, c.meant_for), reached = r.reached, prospect = r.prospect,
      reason = r.reason, result = r.result, billable = r.billable, billable_reason = r.billable_reason,
      score = r.score, flags = r.flags, explanation = r.explanation, scored_at = now()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, evaluation_id text, meant_for text, reached text,
      prospect text, reason text, result text, billable text, billable_reason text, score numeric, flags text[],
      explanation text)
    where c.id = r.id`.execute(tx);
}

/** The judge's findings as they were stored, to be decided upon again without judging again. */
export function readJudgement(judge: string, answers: Answer[], stored: StoredOutcome): Judgement {
  return {
    judge,
    reached: stored.reached,
    answers,
    disqualifier: stored.disqualifier,
    result: { value: stored.result, evidence: stored.resultEvidence },
    flags: stored.flagEvidence,
  };
}
