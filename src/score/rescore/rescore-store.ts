import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { newId } from '../../lib/ids.ts';

/** Which calls are judged again, by what. */
export type NewRescore = {
  /** Calls at or after, and before; null: no bound. */
  from: Date | null;
  to: Date | null;
  connectionId: string | null;
  /** With a version: calls of this scorecard are judged by it. Both null: each call's own scorecard. */
  scorecard: string | null;
  version: string | null;
  /** Each call's own scorecard, but its draft where it has one. */
  drafts: boolean;
  /** The named scorecard also for calls that another one is meant for. */
  everyCall: boolean;
  /** Name of a configured judge. */
  judge: string;
  createdBy: string;
};

/** A rescore that this process works on. */
export type RescoreJob = Omit<NewRescore, 'createdBy'> & {
  id: string;
  state: 'running' | 'publishing';
  worker: string;
  /** Null: its calls are not listed yet. */
  total: number | null;
  decidedBy: string | null;
};

/** Somebody else goes on with the task, or it was dropped: what this process had in hand is not written. */
export class RescoreTaken extends Error {
  override name = 'RescoreTaken';
}

/** A task that has not moved for this long has lost its process. */
const silentSeconds = 60;

type Row = {
  id: string;
  state: 'running' | 'publishing';
  from_at: Date | null;
  to_at: Date | null;
  connection_id: string | null;
  scorecard: string | null;
  version: string | null;
  drafts: boolean;
  every_call: boolean;
  judge: string;
  total: number | null;
  decided_by: string | null;
  worker: string;
};

export async function createRescore(db: Database, given: NewRescore): Promise<string> {
  const id = newId('rsc');
  await sql`
    insert into rescore (id, from_at, to_at, connection_id, scorecard, version, drafts, every_call, judge, created_by)
    values (${id}, ${given.from}, ${given.to}, ${given.connectionId}, ${given.scorecard}, ${given.version},
      ${given.drafts}, ${given.everyCall}, ${given.judge}, ${given.createdBy})`.execute(db);
  return id;
}

const isFree = sql`state in ('waiting', 'running', 'publishing')
  and (touched_at is null or touched_at < now() - make_interval(secs => ${silentSeconds}))`;

/** Results are published by anybody, unless a call was scored anew meanwhile and has to be judged. */
const needsNoJudge = sql`state = 'publishing' and not exists (
  select from rescore_result r join call c on c.id = r.call_id
  where r.rescore_id = rescore.id and r.state = 'judged' and c.evaluation_id is distinct from r.evaluation_id
    and c.evaluation_id is distinct from r.base_evaluation_id)`;

const isWithin = (judges: readonly string[]) => sql`(judge = any(${judges}::text[]) or ${needsNoJudge})`;

/**
 * Takes up a task that waits, or one whose process has been silent for a minute.
 * @param judges names of those that are set up here; a task by another one is left for a process that has it
 * @param id null: the oldest
 * @returns null where there is nothing to do
 */
export async function claimRescore(
  db: Database,
  worker: string,
  judges: readonly string[],
  id: string | null = null,
): Promise<RescoreJob | null> {
  const { rows } = await sql<Row>`
    update rescore set worker = ${worker}, touched_at = now(), due_at = null, detail = null,
      state = case when state = 'waiting' then 'running' else state end
    where id = (
      select id from rescore
      where ${isFree} and (${id}::text is null or id = ${id}) and (due_at is null or due_at <= now())
        and ${isWithin(judges)}
      order by created_at limit 1 for update skip locked)
    returning *`.execute(db);
  const row = rows[0];
  if (!row) return null;
  return {
    id: row.id,
    state: row.state,
    worker: row.worker,
    total: row.total,
    judge: row.judge,
    from: row.from_at,
    to: row.to_at,
    connectionId: row.connection_id,
    scorecard: row.scorecard,
    version: row.version,
    drafts: row.drafts,
    everyCall: row.every_call,
    decidedBy: row.decided_by,
  };
}

/** Processes look every few seconds: what waited this long, none could do. */
const unclaimedSeconds = 15;

/** Tells on tasks that nobody took up what they wait for, where the judge is one that is not set up here. */
export async function explainWaiting(db: Database, judges: readonly string[]): Promise<void> {
  const advice = sql`'Waits for a process in which the judge "' || judge || '" is set up. Where there is none: set '
    'ARIA_JUDGE_URL and ARIA_JUDGE_MODEL and restart Aria; it goes on by itself.'`;
  await sql`
    update rescore set detail = ${advice}
    where ${isFree} and due_at is null and not ${isWithin(judges)} and detail is distinct from ${advice}
      and coalesce(decided_at, created_at) < now() - make_interval(secs => ${unclaimedSeconds})`.execute(db);
}

/** Puts a task off, with the reason in words for people. @throws RescoreTaken */
export async function postponeRescore(
  db: Database,
  { id, worker, state }: Pick<RescoreJob, 'id' | 'worker' | 'state'>,
  due: Date,
  detail: string,
): Promise<void> {
  const { numAffectedRows } = await sql`
    update rescore set worker = null, touched_at = null, due_at = ${due}, detail = ${detail}
    where id = ${id} and worker = ${worker} and state = ${state}`.execute(db);
  if (!numAffectedRows) throw new RescoreTaken(`rescore ${id} is not ours any more`);
}

/** Says that the task moves; `more` calls are dealt with. @throws RescoreTaken */
export async function touchRescore(
  db: Database,
  { id, worker, state }: Pick<RescoreJob, 'id' | 'worker' | 'state'>,
  more: number,
): Promise<void> {
  const { numAffectedRows } = await sql`
    update rescore set touched_at = now(), done = done + ${more}
    where id = ${id} and worker = ${worker} and state = ${state}`.execute(db);
  if (!numAffectedRows) throw new RescoreTaken(`rescore ${id} is not ours any more`);
}

/** Ends a step of the task. @throws RescoreTaken */
export async function settleRescore(
  db: Database,
  { id, worker, state }: Pick<RescoreJob, 'id' | 'worker' | 'state'>,
  next: 'ready' | 'published' | 'failed',
  detail: string | null = null,
): Promise<void> {
  const { numAffectedRows } = await sql`
    update rescore set state = ${next}, detail = ${detail}, worker = null, touched_at = null, finished_at = now()
    where id = ${id} and worker = ${worker} and state = ${state}`.execute(db);
  if (!numAffectedRows) throw new RescoreTaken(`rescore ${id} is not ours any more`);
}

/** Gives a task back, so that another process need not wait until this one counts as silent. */
export async function releaseRescore(
  db: Database,
  { id, worker }: Pick<RescoreJob, 'id' | 'worker'>,
): Promise<void> {
  await sql`update rescore set worker = null, touched_at = null where id = ${id} and worker = ${worker}`.execute(
    db,
  );
}

/** What a person decided about a task's results, or that one that failed or was put off shall go on now. */
export type RescoreDecision = 'publish' | 'drop' | 'resume';

/** @returns false where the task is not in a state for it (or there is none) */
export async function decideRescore(
  db: Database,
  id: string,
  decision: RescoreDecision,
  by: string,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ state: string; due_at: Date | null }>`
      select state, due_at from rescore where id = ${id} for update`.execute(tx);
    const state = rows[0]?.state;
    if (decision === 'resume') {
      if (rows[0]?.due_at) {
        await sql`update rescore set due_at = null where id = ${id}`.execute(tx);
        return true;
      }
      if (state !== 'failed') return false;
      const published =
        await sql`select from rescore_result where rescore_id = ${id} and state = 'published' limit 1`.execute(
          tx,
        );
      const next = published.rows.length > 0 ? 'publishing' : 'waiting';
      await sql`update rescore set state = ${next}, detail = null, finished_at = null where id = ${id}`.execute(
        tx,
      );
      return true;
    }
    if (decision === 'publish') {
      if (state !== 'ready') return false;
      await sql`
        update rescore set state = 'publishing', done = 0, decided_by = ${by}, decided_at = now(), touched_at = null
        where id = ${id}`.execute(tx);
      return true;
    }
    if (!state || ['publishing', 'published', 'dropped'].includes(state)) return false;
    await sql`delete from rescore_result where rescore_id = ${id}`.execute(tx);
    await sql`
      update rescore set state = 'dropped', worker = null, due_at = null, detail = null, decided_by = ${by}, decided_at = now() where id = ${id}`.execute(
      tx,
    );
    return true;
  });
}
