import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { findDisagreements } from '../../domain/disagreement.ts';
import { Failure } from '../../domain/failure.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { Scorecard } from '../../domain/scorecard.ts';
import { type CallToJudge, readCallsToJudge, withLastCall } from '../call-to-judge.ts';
import type { Judge } from '../judge.ts';
import { type Evaluation, judgeCall, outcomeWithReviews } from '../judge-call.ts';
import { saveEvaluations } from '../save-evaluation.ts';
import type { ScorecardStore } from '../scorecard-store.ts';
import { type RescoreJob, settleRescore, touchRescore } from './rescore-store.ts';

export type RescoreDeps = {
  db: Database;
  scorecards: ScorecardStore;
  /** The judges that are configured, by name: `local`, `model`. */
  judges: Record<string, Judge>;
  signal: AbortSignal;
  /** Told after each batch. */
  onProgress?: (done: number, total: number) => void;
};

/** The judge of a task is not set up in this process. */
export class NoSuchJudge extends Error {
  override name = 'NoSuchJudge';
}

/** Large enough that the database is not asked often, small enough that little is lost on a stop. */
const batchCalls = 100;
/** Calls that wait for a server of their own are asked about side by side. */
const remoteAtOnce = 8;

/** What became of one call. */
type Result = {
  call: CallToJudge;
  evaluation: Evaluation | null;
  after: Outcome | null;
  skipped: string | null;
};

/**
 * Judges the calls of a task, beside what stands; goes on where an earlier process stopped.
 * @returns false when it was stopped on the way
 * @throws RescoreTaken · NoSuchJudge · Failure where the judge cannot work at all
 */
export async function runRescore(job: RescoreJob, deps: RescoreDeps): Promise<boolean> {
  const { db, signal } = deps;
  const judge = deps.judges[job.judge];
  if (!judge) throw new NoSuchJudge(job.judge);
  const total = job.total ?? (await listCalls(db, job));
  const scorecardOf = await scorecardChooser(job, deps.scorecards);
  let done = (await countDone(db, job.id)) ?? 0;
  // while a batch is judged, the database writes the one before and reads the one behind
  let reading = readBatch(db, job.id, null);
  let saving = Promise.resolve();
  try {
    for (;;) {
      const batch = await reading;
      if (signal.aborted) return false;
      if (batch.ids.length === 0) break;
      reading = noticedLater(readBatch(db, job.id, batch.ids.at(-1)!));
      const results = await judgeBatch(batch.calls, job, scorecardOf, judge, deps);
      if (results === null) return false;
      await saving;
      saving = noticedLater(
        saveBatch(db, job, batch, results).then(() => {
          done += batch.ids.length;
          deps.onProgress?.(done, total);
        }),
      );
    }
    await saving;
  } finally {
    // nothing is under way any more when somebody else may go on
    await Promise.allSettled([reading, saving]);
  }
  await settleRescore(db, job, 'ready');
  return true;
}

/** Calls to be judged together, and the ids by which they were asked for. */
type Batch = { ids: string[]; calls: CallToJudge[] };

async function readBatch(db: Database, id: string, after: string | null): Promise<Batch> {
  const ids = await nextCalls(db, id, after);
  return { ids, calls: await readCallsToJudge(db, ids) };
}

/** A failure counts where the promise is awaited, not before. */
function noticedLater<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}

/** @returns null when it was stopped on the way */
async function judgeBatch(
  calls: readonly CallToJudge[],
  job: RescoreJob,
  scorecardOf: ScorecardOf,
  judge: Judge,
  deps: RescoreDeps,
): Promise<Result[] | null> {
  const results: Result[] = [];
  const width = job.judge === 'local' ? 1 : remoteAtOnce;
  for (let at = 0; at < calls.length && !deps.signal.aborted; at += width) {
    const some = calls.slice(at, at + width);
    results.push(...(await Promise.all(some.map((call) => judgeOne(call, scorecardOf, judge, deps)))));
    // rules run without a pause: others in this process get their turn
    await new Promise((resolve) => setImmediate(resolve));
  }
  return deps.signal.aborted ? null : results;
}

function saveBatch(
  db: Database,
  job: RescoreJob,
  { ids, calls }: Batch,
  results: readonly Result[],
): Promise<void> {
  const gone = ids.filter((id) => !calls.some((call) => call.id === id));
  return db.transaction().execute(async (tx) => {
    await touchRescore(tx, job, ids.length);
    await saveEvaluations(
      tx,
      results.flatMap(({ evaluation }) => evaluation ?? []),
    );
    await saveResults(tx, job.id, results, gone);
  });
}

/** Fixes the range: the transcribed calls in it, test calls left out. */
async function listCalls(db: Database, job: RescoreJob): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await touchRescore(tx, job, 0);
    const { numAffectedRows } = await sql`
      insert into rescore_result (rescore_id, call_id)
      select ${job.id}, c.id from call c join transcript t on t.call_id = c.id
      where not c.is_test
        and (${job.from}::timestamptz is null or c.call_at >= ${job.from})
        and (${job.to}::timestamptz is null or c.call_at < ${job.to})
        and (${job.connectionId}::text is null or c.connection_id = ${job.connectionId})
      on conflict do nothing`.execute(tx);
    const total = Number(numAffectedRows ?? 0n);
    await sql`update rescore set total = ${total}, done = 0 where id = ${job.id}`.execute(tx);
    return total;
  });
}

async function countDone(db: Database, id: string): Promise<number | undefined> {
  const { rows } = await sql<{ done: number }>`select done from rescore where id = ${id}`.execute(db);
  return rows[0]?.done;
}

async function nextCalls(db: Database, id: string, after: string | null): Promise<string[]> {
  const { rows } = await sql<{ call_id: string }>`
    select call_id from rescore_result where rescore_id = ${id} and state = 'open'
      and call_id > ${after ?? ''} order by call_id limit ${batchCalls}`.execute(db);
  return rows.map(({ call_id }) => call_id);
}

/** Which scorecard a task judges a call by; a text instead: why it leaves the call out. */
export type ScorecardOf = (call: CallToJudge) => Scorecard | string;

/** @throws Failure where the version that the task names is not there any more */
export async function scorecardChooser(job: RescoreJob, scorecards: ScorecardStore): Promise<ScorecardOf> {
  const set = await scorecards.current();
  if (job.scorecard === null || job.version === null)
    return ({ assign }) => (job.drafts ? set.chooseDraft(assign) : set.choose(assign));
  const named = await scorecards.find(job.scorecard, job.version);
  if (!named)
    throw new Failure('score.no-scorecard', 'never', `There is no ${job.scorecard}@${job.version}.`);
  if (job.everyCall) return () => named;
  return ({ assign }) => {
    const own = set.choose(assign);
    return own.id === named.id ? named : `another scorecard is meant for it: ${own.id}`;
  };
}

async function judgeOne(
  call: CallToJudge,
  scorecardOf: ScorecardOf,
  judge: Judge,
  { db, signal }: Pick<RescoreDeps, 'db' | 'signal'>,
): Promise<Result> {
  const skip = (skipped: string): Result => ({ call, evaluation: null, after: null, skipped });
  if (!call.turns) return skip('the transcript is gone');
  try {
    const scorecard = scorecardOf(call);
    if (typeof scorecard === 'string') return skip(scorecard);
    const facts = await withLastCall(db, call, scorecard);
    const evaluation = await judgeCall({ ...call, turns: call.turns, facts }, scorecard, judge, signal);
    const after = outcomeWithReviews(evaluation, scorecard, facts, call.reviews);
    return { call, evaluation, after, skipped: null };
  } catch (error) {
    // about this call alone; a judge that refuses or is away would fail for every other one too
    const codes = ['score.no-scorecard', 'score.bad-answer'];
    if (error instanceof Failure && codes.includes(error.code)) return skip(error.detail);
    throw error;
  }
}

async function saveResults(
  tx: Database,
  id: string,
  results: readonly Result[],
  gone: string[],
): Promise<void> {
  const rows = [
    ...results.map(({ call, evaluation, after, skipped }) => ({
      ...{ call_id: call.id, evaluation_id: evaluation?.id ?? null, base_evaluation_id: call.evaluationId },
      ...{ before: call.outcome, after, skipped },
      changed: after ? changedFields(call.outcome, after) : [],
      disagreements_before: findDisagreements(call.outcome, call.reported),
      disagreements_after: findDisagreements(after ?? call.outcome, call.reported),
    })),
    ...gone.map((call_id) => ({
      ...{ call_id, evaluation_id: null, base_evaluation_id: null, before: null, after: null },
      ...{ skipped: 'the call is gone', changed: [], disagreements_before: [], disagreements_after: [] },
    })),
  ];
  await sql`
    update rescore_result s set state = case when r.skipped is null then 'judged' else 'skipped' end,
      evaluation_id = r.evaluation_id, base_evaluation_id = r.base_evaluation_id, before = r.before, after = r.after,
      changed = r.changed, disagreements_before = r.disagreements_before,
      disagreements_after = r.disagreements_after, skipped = r.skipped
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(call_id text, evaluation_id text,
      base_evaluation_id text, before jsonb, after jsonb, skipped text, changed text[], disagreements_before text[],
      disagreements_after text[])
    where s.rescore_id = ${id} and s.call_id = r.call_id`.execute(tx);
}

const compared = ['reached', 'prospect', 'reason', 'result', 'billable', 'score', 'flags'] as const;

/** Fields of the outcome that differ; `scored` for a call that had none. */
function changedFields(before: Outcome | null, after: Outcome): string[] {
  if (!before) return ['scored'];
  const level = (value: unknown) => JSON.stringify(Array.isArray(value) ? [...value].sort() : value);
  return compared.filter((field) => level(before[field]) !== level(after[field]));
}
