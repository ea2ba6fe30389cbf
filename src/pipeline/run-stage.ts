import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { StageHandler } from '../db/stage.ts';
import { Failure } from '../domain/failure.ts';
import { nextStage, type Stage } from '../domain/stage.ts';
import type { StageJob } from './queue.ts';
import { decideRetry } from './retries.ts';

export type RunStageDeps = {
  db: Database;
  handler: StageHandler;
  /** Seconds to wait after each failure; see decideRetry. */
  schedule: readonly number[];
  signal: AbortSignal;
  /** Reports a fault of ours and returns the id under which it is in the log. */
  logBug: (error: unknown, context: Record<string, unknown>) => string;
};

/** Runs one job: claim, work, then result, state and next stage in one transaction. */
export async function runStage(stage: Stage, job: StageJob, deps: RunStageDeps): Promise<void> {
  const attempt = await claim(deps.db, stage, job);
  if (attempt === null) return;
  const started = performance.now();
  const seconds = () => ((performance.now() - started) / 1000).toFixed(3);
  try {
    const result = await deps.handler(job.callId, deps.signal);
    if ('later' in result) return await putOff(stage, job, result, deps.db);
    const outdated = await deps.db.transaction().execute(async (tx) => {
      const skipped = 'skip' in result;
      const finished = await sql`
        update call_stage set state = ${skipped ? 'skipped' : 'done'}, finished_at = now(), seconds = ${seconds()},
          cost = ${skipped ? null : (result.cost ?? null)}, error_code = null,
          error_detail = ${skipped ? result.skip : null}
        where call_id = ${job.callId} and stage = ${stage} and run = ${job.run} and state = 'running'`.execute(
        tx,
      );
      // started anew or erased meanwhile: this result is of yesterday's input
      if (finished.numAffectedRows === 0n) return true;
      if (skipped) return false;
      await result.write(tx);
      const next = nextStage(stage);
      if (next && !result.settled) await startStage(tx, job.callId, next, stage);
      return false;
    });
    if (outdated && 'write' in result) await result.discard?.();
  } catch (error) {
    // stopping: the job stays claimed and is given out again
    if (deps.signal.aborted) throw error;
    await recordFailure(stage, job, attempt, error, seconds(), deps);
  }
}

/**
 * Starts a stage of a call, or starts it again; takes effect when the transaction commits.
 * @param after the stage that hands its priority on; without one the call takes its turn among live calls
 */
export async function startStage(
  tx: Database,
  callId: string,
  stage: Stage,
  after: Stage | null = null,
): Promise<void> {
  await sql`
    insert into call_stage as s (call_id, stage, state, priority)
    values (${callId}, ${stage}, 'waiting',
      coalesce((select priority from call_stage where call_id = ${callId} and stage = ${after}), 0))
    on conflict (call_id, stage) do update set state = 'waiting', run = s.run + 1, attempts = 0, due_at = now(),
      priority = excluded.priority, error_code = null, error_detail = null, input = ${inputOfRerun}`.execute(
    tx,
  );
}

/** A recording's address stays what it is; scoring that is asked for judges, whatever the last run did. */
export const inputOfRerun = sql`case when s.stage = 'score' then null else s.input end`;

/** @returns which attempt this is, or null when the job is outdated */
async function claim(db: Database, stage: Stage, job: StageJob): Promise<number | null> {
  const { rows } = await sql<{ attempts: number }>`
    update call_stage set state = 'running', attempts = attempts + 1, started_at = now(), finished_at = null,
      error_detail = case when error_code is null then null else error_detail end
    where call_id = ${job.callId} and stage = ${stage} and run = ${job.run} and state in ('queued', 'running')
    returning attempts`.execute(db);
  return rows[0]?.attempts ?? null;
}

/** The call waits for its turn; having been asked too early is no attempt, and an earlier failure stays to be seen. */
async function putOff(
  stage: Stage,
  job: StageJob,
  { later, reason }: { later: Date; reason: string },
  db: Database,
): Promise<void> {
  await sql`
    update call_stage set due_at = ${later}, attempts = greatest(attempts - 1, 0),
      state = case when error_code is null then 'waiting' else 'retrying' end,
      error_detail = case when error_code is null then ${reason} else error_detail end
    where call_id = ${job.callId} and stage = ${stage} and run = ${job.run} and state = 'running'`.execute(
    db,
  );
}

async function recordFailure(
  stage: Stage,
  job: StageJob,
  attempt: number,
  error: unknown,
  seconds: string,
  deps: RunStageDeps,
): Promise<void> {
  const failure = error instanceof Failure ? error : unexpected(error, stage, job, deps);
  const verdict = decideRetry(failure.retry, attempt, deps.schedule, new Date());
  await sql`
    update call_stage set state = ${verdict.state}, due_at = ${verdict.dueAt}, finished_at = now(),
      seconds = ${seconds}, error_code = ${failure.code}, error_detail = ${failure.detail}
    where call_id = ${job.callId} and stage = ${stage} and run = ${job.run} and state = 'running'`.execute(
    deps.db,
  );
}

function unexpected(error: unknown, stage: Stage, job: StageJob, deps: RunStageDeps): Failure {
  const id = deps.logBug(error, { stage, callId: job.callId });
  return new Failure('internal', 'soon', `An unexpected fault; its details are in the log under ${id}.`, {
    cause: error,
  });
}
