import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { newId } from '../../lib/ids.ts';
import type { ErasedFindings } from './erase-findings.ts';

/** How much an erasure took, or a dry run found. */
export type ErasureCounts = ErasedFindings & { calls: number; events: number };

/** A task that is under way. */
export type ErasureTask = { id: string; caller: string; dryRun: boolean; createdBy: string };

/** A task as those see it who asked for it; never whom it is about. */
export type ErasureTaskState = {
  id: string;
  dry_run: boolean;
  state: 'waiting' | 'running' | 'done' | 'failed';
  detail: string | null;
  erasure_id: string | null;
  counts: ErasureCounts | null;
};

/** A running task that has not moved for this long has lost its process. */
const silentSeconds = 20;

/** Asks for an erasure, or for a dry run of it. @param wish `caller` in E.164 @returns the task's id */
export async function createErasureTask(db: Database, wish: Omit<ErasureTask, 'id'>): Promise<string> {
  const id = newId('ert');
  await sql`
    insert into erasure_task (id, caller, dry_run, created_by)
    values (${id}, ${wish.caller}, ${wish.dryRun}, ${wish.createdBy})`.execute(db);
  return id;
}

export async function getErasureTask(db: Database, id: string): Promise<ErasureTaskState | null> {
  const { rows } = await sql<ErasureTaskState>`
    select id, dry_run, state, detail, erasure_id, counts from erasure_task where id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** Takes up the oldest task that waits, or whose process is gone. */
export async function claimErasureTask(db: Database): Promise<ErasureTask | null> {
  const { rows } = await sql<ErasureTask>`
    update erasure_task set state = 'running', touched_at = now()
    where id = (
      select id from erasure_task
      where state = 'waiting'
        or (state = 'running' and touched_at < now() - make_interval(secs => ${silentSeconds}))
      order by created_at limit 1 for update skip locked
    )
    returning id, caller, dry_run as "dryRun", created_by as "createdBy"`.execute(db);
  return rows[0] ?? null;
}

/** Says that its process is alive. */
export async function touchErasureTask(db: Database, id: string): Promise<void> {
  await sql`update erasure_task set touched_at = now() where id = ${id} and state = 'running'`.execute(db);
}

/**
 * Ends a task and forgets the number; to be called in the transaction that erases.
 * @param erasureId null: a dry run, or nothing led to the caller
 */
export async function finishErasureTask(
  tx: Database,
  id: string,
  erasureId: string | null,
  counts: ErasureCounts,
): Promise<void> {
  await sql`
    update erasure_task set state = 'done', caller = null, finished_at = now(), erasure_id = ${erasureId},
      counts = ${JSON.stringify(counts)}::jsonb
    where id = ${id}`.execute(tx);
}

/** Ends a task that cannot be done. @param detail why, in words for people */
export async function failErasureTask(db: Database, id: string, detail: string): Promise<void> {
  await sql`
    update erasure_task set state = 'failed', caller = null, finished_at = now(), detail = ${detail}
    where id = ${id} and state = 'running'`.execute(db);
}

/** Puts a task down, to be taken up again by whoever looks next. */
export async function releaseErasureTask(db: Database, id: string): Promise<void> {
  await sql`update erasure_task set state = 'waiting' where id = ${id} and state = 'running'`.execute(db);
}
