import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { StageHandler } from '../db/stage.ts';
import { readCallsToJudge, withLastCall } from './call-to-judge.ts';
import type { Judge } from './judge.ts';
import { type Evaluation, evaluate, judgeCall, outcomeWithReviews } from './judge-call.ts';
import { modelCost } from './model/answer-record.ts';
import { saveEvaluations, saveOutcomes } from './save-evaluation.ts';
import type { ScorecardStore } from './scorecard-store.ts';
import { readKept, readStandingJudgement } from './standing-judgement.ts';

/**
 * Stage 5: judges a call's transcript by its scorecard and writes evaluation and outcome. Running it again with the
 * same findings on the same words adds no evaluation; anything else adds one. Where only what was reported has changed
 * no judge is asked: the outcome is decided again. What people said about the call stays in force.
 */
export function makeScoreStage(deps: {
  db: Database;
  judge: Judge;
  scorecards: ScorecardStore;
}): StageHandler {
  const { db, judge, scorecards } = deps;
  return async (callId, signal) => {
    const [call] = await readCallsToJudge(db, [callId]);
    if (!call) return { skip: 'the call is gone' };
    const { turns } = call;
    if (!turns) return { skip: 'the call has no transcript' };
    const kept = await readKept(db, call, scorecards);
    const set = await scorecards.current();
    const scorecard = kept?.scorecard ?? set.choose(call.assign);
    const facts = await withLastCall(db, call, scorecard);
    const judged = kept?.judgement
      ? null
      : await judgeCall({ ...call, turns, facts }, scorecard, judge, signal);
    const cost = await modelCost(db, callId);
    return {
      ...(cost !== null && { cost }),
      async write(tx) {
        // somebody may have reviewed the call, or published a rescore of it, while a judge was thinking about it
        await sql`select from call where id = ${callId} for update`.execute(tx);
        if (!judged) return decideAgain(tx, callId, scorecards);
        const [now] = await readCallsToJudge(tx, [callId]);
        const outcome = outcomeWithReviews(judged, scorecard, facts, now?.reviews ?? []);
        await saveEvaluations(tx, [judged]);
        const meantFor = set.meantFor(call.assign);
        await saveOutcomes(tx, [{ callId, evaluationId: judged.id, outcome, meantFor }]);
      },
    };
  };
}

/** Decides by the judgement that stands at this moment; the call is locked. */
async function decideAgain(tx: Database, callId: string, scorecards: ScorecardStore): Promise<void> {
  const [call] = await readCallsToJudge(tx, [callId]);
  const standing = call && (await readStandingJudgement(tx, call, scorecards));
  if (!call?.turns || !standing) return;
  const { scorecard, judgement } = standing;
  const facts = await withLastCall(tx, call, scorecard);
  const evaluation: Evaluation = evaluate({ ...call, turns: call.turns, facts }, scorecard, judgement);
  const outcome = outcomeWithReviews(evaluation, scorecard, facts, call.reviews);
  await saveEvaluations(tx, [evaluation]);
  await saveOutcomes(tx, [{ callId, evaluationId: evaluation.id, outcome }]);
}
