import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { findDisagreements } from '../../domain/disagreement.ts';
import { Failure } from '../../domain/failure.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { CallFacts } from '../../domain/policy.ts';
import type { Scorecard } from '../../domain/scorecard.ts';
import { type CallToJudge, readCallsToJudge, withLastCalls } from '../call-to-judge.ts';
import type { Judge } from '../judge.ts';
import { type Evaluation, judgeCall, outcomeWithReviews } from '../judge-call.ts';
import { saveEvaluations } from '../save-evaluation.ts';
import type { ScorecardStore } from '../scorecard-store.ts';
import { type RescoreJob, settleRescore, touchRescore } from './rescore-store.ts';
import { type ScorecardOf, scorecardChooser } from './scorecard-chooser.ts';

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
  { db, signal }: Pick<RescoreDeps, 'db' | 'signal'>,
): Promise<Result[] | null> {
  const results: Result[] = [];
  const meant: Meant[] = [];
  for (const call of calls) {
    const scorecard = call.turns ? scorecardOf(call) : 'the transcript is gone';
    if (typeof scorecard === 'string') results.push(leftOut(call, scorecard));
    else meant.push({ call, scorecard });
  }
  const facts = await withLastCalls(db, meant);
  const width = job.judge === 'local' ? 1 : remoteAtOnce;
  for (let at = 0; at < meant.length && !signal.aborted; at += width) {
    const some = meant.slice(at, at + width);
    results.push(...(await Promise.all(some.map((one, i) => judgeOne(one, facts[at + i]!, judge, signal)))));
    // rules run without a pause: others in this process get their turn
    await new Promise((resolve) => setImmediate(resolve));
  }
  return signal.aborted ? null : results;
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

/** A call, and by what it is judged. */
type Meant = { call: CallToJudge; scorecard: Scorecard };

function leftOut(call: CallToJudge, skipped: string): Result {
  return { call, evaluation: null, after: null, skipped };
}

async function judgeOne(
  { call, scorecard }: Meant,
  facts: CallFacts,
  judge: Judge,
  signal: AbortSignal,
): Promise<Result> {
  try {
    const evaluation = await judgeCall({ ...call, turns: call.turns ?? [], facts }, scorecard, judge, signal);
    const after = outcomeWithReviews(evaluation, scorecard, facts, call.reviews);
    return { call, evaluation, after, skipped: null };
  } catch (error) {
    // about this call alone; a judge that refuses or is away would fail for every other one too
    if (error instanceof Failure && error.code === 'score.bad-answer') return leftOut(call, error.detail);
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
      call_id: call.id,
      evaluation_id: evaluation?.id ?? null,
      base_evaluation_id: call.evaluationId,
      before: call.outcome,
      after,
      skipped,
      changed: after ? changedFields(call.outcome, after) : [],
      disagreements_before: findDisagreements(call.outcome, call.reported),
      disagreements_after: findDisagreements(after ?? call.outcome, call.reported),
    })),
    ...gone.map((call_id) => ({
      call_id,
      evaluation_id: null,
      base_evaluation_id: null,
      before: null,
      after: null,
      skipped: 'the call is gone',
      changed: [],
      disagreements_before: [],
      disagreements_after: [],
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
