import { Failure } from '../../domain/failure.ts';
import type { Scorecard } from '../../domain/scorecard.ts';
import type { CallToJudge } from '../call-to-judge.ts';
import type { ScorecardStore } from '../scorecard-store.ts';
import type { RescoreJob } from './rescore-store.ts';

/** Which scorecard a task judges a call by; a text instead: why it leaves the call out. */
export type ScorecardOf = (call: CallToJudge) => Scorecard | string;

/** @throws Failure where the version that the task names is not there any more */
export async function scorecardChooser(job: RescoreJob, scorecards: ScorecardStore): Promise<ScorecardOf> {
  const set = await scorecards.current();
  if (job.scorecard === null || job.version === null)
    return unlessNone(({ assign }) => (job.drafts ? set.chooseDraft(assign) : set.choose(assign)));
  const named = await scorecards.find(job.scorecard, job.version);
  if (!named)
    throw new Failure('score.no-scorecard', 'never', `There is no ${job.scorecard}@${job.version}.`);
  if (job.everyCall) return () => named;
  return unlessNone(({ assign }) => {
    const own = set.choose(assign);
    return own.id === named.id ? named : `another scorecard is meant for it: ${own.id}`;
  });
}

/** For a call without a scorecard: why it has none. */
function unlessNone(choose: ScorecardOf): ScorecardOf {
  return (call) => {
    try {
      return choose(call);
    } catch (error) {
      if (error instanceof Failure && error.code === 'score.no-scorecard') return error.detail;
      throw error;
    }
  };
}
