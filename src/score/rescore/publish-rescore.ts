import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Answer } from '../../domain/answer.ts';
import { decideOutcome } from '../../domain/policy.ts';
import { type CallToJudge, readCallsToJudge, withLastCall } from '../call-to-judge.ts';
import { judgeCall, outcomeWithReviews } from '../judge-call.ts';
import {
  readJudgement,
  type StandingOutcome,
  type StoredOutcome,
  saveEvaluations,
  saveOutcomes,
} from '../save-evaluation.ts';
import { publishVersion } from '../save-scorecard.ts';
import type { ScorecardStore } from '../scorecard-store.ts';
import { type RescoreJob, settleRescore, touchRescore } from './rescore-store.ts';
import { NoSuchJudge, type RescoreDeps } from './run-rescore.ts';
import { scorecardChooser } from './scorecard-chooser.ts';

const batchCalls = 200;

type Judged = {
  call_id: string;
  evaluation_id: string;
  base_evaluation_id: string | null;
  scorecard: string;
  scorecard_version: string;
  judge: string;
  answers: Answer[];
  outcome: StoredOutcome;
};

/**
 * Makes a task's results the ones that stand, a batch at a time; a draft that it judged by is published with them.
 * What was reviewed or reported meanwhile counts; a call that was scored anew meanwhile is judged again here.
 * @returns false when it was stopped on the way
 * @throws RescoreTaken · NoSuchJudge
 */
export async function publishRescore(job: RescoreJob, deps: RescoreDeps): Promise<boolean> {
  const { db } = deps;
  await publishVersions(db, job);
  let done = 0;
  while (!deps.signal.aborted) {
    const published = await db.transaction().execute(async (tx) => {
      const judged = await nextJudged(tx, job.id);
      await touchRescore(tx, job, judged.length);
      if (judged.length > 0) await publishBatch(tx, job, judged, deps);
      return judged.length;
    });
    if (published === 0) {
      await settleRescore(db, job, 'published');
      return true;
    }
    done += published;
    deps.onProgress?.(done, job.total ?? done);
  }
  return false;
}

async function publishVersions(db: Database, job: RescoreJob): Promise<void> {
  const { rows } = await sql<{ scorecard: string; version: string }>`
    select v.scorecard, v.version from scorecard_version v
    where v.published_at is null and exists (
      select from rescore_result r join evaluation e on e.id = r.evaluation_id
      where r.rescore_id = ${job.id} and e.scorecard = v.scorecard and e.scorecard_version = v.version)`.execute(
    db,
  );
  for (const { scorecard, version } of rows)
    await publishVersion(db, scorecard, version, job.decidedBy ?? 'unknown');
}

async function nextJudged(tx: Database, id: string): Promise<Judged[]> {
  const { rows } = await sql<Judged>`
    select r.call_id, r.evaluation_id, r.base_evaluation_id, e.scorecard, e.scorecard_version, e.judge, e.answers,
      e.outcome
    from rescore_result r join evaluation e on e.id = r.evaluation_id
    where r.rescore_id = ${id} and r.state = 'judged' order by r.call_id limit ${batchCalls}`.execute(tx);
  return rows;
}

async function publishBatch(
  tx: Database,
  job: RescoreJob,
  judged: readonly Judged[],
  deps: RescoreDeps,
): Promise<void> {
  const ids = judged.map(({ call_id }) => call_id);
  // against reviews and scoring at the same moment; in the order in which all lock calls
  await sql`select from call where id = any(${ids}::text[]) order by id for update`.execute(tx);
  const calls = new Map((await readCallsToJudge(tx, ids)).map((call) => [call.id, call]));
  const set = await deps.scorecards.current();
  const standing: StandingOutcome[] = [];
  for (const result of judged) {
    const call = calls.get(result.call_id);
    if (!call) continue;
    const isAsBefore = [result.base_evaluation_id, result.evaluation_id].includes(call.evaluationId);
    const settled = isAsBefore
      ? await decideAgain(tx, call, result, deps.scorecards)
      : await judgeAgain(tx, call, job, deps);
    if (settled) standing.push({ ...settled, meantFor: set.meantFor(call.assign) });
  }
  await saveOutcomes(tx, standing);
  const scored = standing.map(({ callId }) => callId);
  await sql`
    update call_stage set state = 'done', run = run + 1, error_code = null, error_detail = null, finished_at = now()
    where stage = 'score' and state in ('parked', 'failed', 'retrying', 'skipped') and call_id = any(${scored}::text[])`.execute(
    tx,
  );
  await sql`
    update rescore_result set state = 'published' where rescore_id = ${job.id} and call_id = any(${ids}::text[])`.execute(
    tx,
  );
}

/** By the answers that were given, and what is reported and reviewed by now. */
async function decideAgain(
  tx: Database,
  call: CallToJudge,
  result: Judged,
  scorecards: ScorecardStore,
): Promise<StandingOutcome | null> {
  const scorecard = await scorecards.find(result.scorecard, result.scorecard_version);
  if (!scorecard) return null;
  const facts = await withLastCall(tx, call, scorecard);
  const judgement = readJudgement(result.judge, result.answers, result.outcome);
  const own = decideOutcome(judgement, scorecard, facts);
  const outcome = outcomeWithReviews({ judgement, outcome: own }, scorecard, facts, call.reviews);
  return { callId: call.id, evaluationId: result.evaluation_id, outcome };
}

/** The words may be others than those that were judged. */
async function judgeAgain(
  tx: Database,
  call: CallToJudge,
  job: RescoreJob,
  deps: RescoreDeps,
): Promise<StandingOutcome | null> {
  const judge = deps.judges[job.judge];
  const scorecard = (await scorecardChooser(job, deps.scorecards))(call);
  if (!judge) throw new NoSuchJudge(job.judge);
  if (!call.turns || typeof scorecard === 'string') return null;
  const facts = await withLastCall(tx, call, scorecard);
  const evaluation = await judgeCall({ ...call, turns: call.turns, facts }, scorecard, judge, deps.signal);
  await saveEvaluations(tx, [evaluation]);
  const outcome = outcomeWithReviews(evaluation, scorecard, facts, call.reviews);
  return { callId: call.id, evaluationId: evaluation.id, outcome };
}
