import type { Database } from '../db/database.ts';
import type { StageHandler } from '../db/stage.ts';
import { readCallsToJudge, withLastCall } from './call-to-judge.ts';
import type { Judge } from './judge.ts';
import { judgeCall, outcomeWithReviews } from './judge-call.ts';
import { modelCost } from './model/answer-record.ts';
import { saveEvaluations, saveOutcomes } from './save-evaluation.ts';
import type { ScorecardStore } from './scorecard-store.ts';

/**
 * Stage 5: judges a call's transcript by its scorecard and writes evaluation and outcome. Running it again with the
 * same findings on the same words adds no evaluation; anything else adds one. What people said about the call stays
 * in force.
 */
export function makeScoreStage(deps: {
  db: Database;
  judge: Judge;
  scorecards: Pick<ScorecardStore, 'current'>;
}): StageHandler {
  return async (callId, signal) => {
    const [call] = await readCallsToJudge(deps.db, [callId]);
    if (!call) return { skip: 'the call is gone' };
    if (!call.turns) return { skip: 'the call has no transcript' };
    const scorecard = (await deps.scorecards.current()).choose(call.assign);
    const facts = await withLastCall(deps.db, call, scorecard);
    const evaluation = await judgeCall({ ...call, turns: call.turns, facts }, scorecard, deps.judge, signal);
    const outcome = outcomeWithReviews(evaluation, scorecard, facts, call.reviews);
    const cost = await modelCost(deps.db, callId);
    return {
      ...(cost !== null && { cost }),
      async write(tx) {
        await saveEvaluations(tx, [evaluation]);
        await saveOutcomes(tx, [{ callId, evaluationId: evaluation.id, outcome }]);
      },
    };
  };
}
