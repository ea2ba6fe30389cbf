import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { StageHandler } from '../db/stage.ts';
import { readCallsToJudge, withLastCall } from './call-to-judge.ts';
import type { Judge } from './judge.ts';
import { evaluate, judgeCall, outcomeWithReviews } from './judge-call.ts';
import { modelCost } from './model/answer-record.ts';
import { saveEvaluations, saveOutcomes } from './save-evaluation.ts';
import type { ScorecardStore } from './scorecard-store.ts';
import { readStandingJudgement } from './standing-judgement.ts';

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
    const standing = await readStandingJudgement(db, call, scorecards);
    const scorecard = standing?.scorecard ?? (await scorecards.current()).choose(call.assign);
    const facts = await withLastCall(db, call, scorecard);
    const given = { ...call, turns, facts };
    const evaluation = standing
      ? evaluate(given, scorecard, standing.judgement)
      : await judgeCall(given, scorecard, judge, signal);
    const cost = await modelCost(db, callId);
    return {
      ...(cost !== null && { cost }),
      async write(tx) {
        // somebody may have reviewed the call while a judge was thinking about it
        await sql`select from call where id = ${callId} for update`.execute(tx);
        const [now] = await readCallsToJudge(tx, [callId]);
        const outcome = outcomeWithReviews(evaluation, scorecard, facts, now?.reviews ?? []);
        await saveEvaluations(tx, [evaluation]);
        await saveOutcomes(tx, [{ callId, evaluationId: evaluation.id, outcome }]);
      },
    };
  };
}
