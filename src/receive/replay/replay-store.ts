import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { newId } from '../../lib/ids.ts';
import type { ReplayRange } from './read-again.ts';

/** How far a replay is, as of its last batch. */
export type ReplayProgress = {
  phase: 'reading' | 'comparing';
  events: number;
  changed: number;
  recovered: number;
  calls: number;
  compared: number;
  changedCalls: number;
  /** The last event that was read, or the last call that was compared. */
  at: { connection: string; arrival: number; id: string };
};

/** A replay that is under way. */
export type ReplayTask = ReplayProgress & {
  id: string;
  range: ReplayRange & { lastArrival: number };
  dryRun: boolean;
};

/** Somebody else goes on with the replay, or it was cancelled. */
export class ReplayTaken extends Error {
  override name = 'ReplayTaken';
}

/** A running replay that has not moved for this long has lost its process. */
const silentSeconds = 20;

type Row = {
  id: string;
  connection_id: string | null;
  from_at: Date | null;
  to_at: Date | null;
  last_arrival: number;
  dry_run: boolean;
  phase: 'reading' | 'comparing';
  events: number;
  changed: number;
  recovered: number;
  calls: number;
  compared: number;
  changed_calls: number;
  at_connection: string;
  at_arrival: number;
  at_id: string;
};

const columns = sql.raw(
  'id, connection_id, from_at, to_at, last_arrival, dry_run, phase, events, changed, recovered, calls, compared, changed_calls, at_connection, at_arrival, at_id',
);
const isFree = sql`(state = 'waiting'
  or (state = 'running' and touched_at < now() - make_interval(secs => ${silentSeconds})))`;

/**
 * Asks for a replay of all that has arrived until now.
 * @returns its id
 */
export async function createReplay(
  db: Database,
  wish: ReplayRange & { dryRun: boolean; createdBy: string },
): Promise<string> {
  // what is stored already is in the range, even where its process's clock runs ahead of the database's
  const { rows } = await sql<{ id: string }>`
    insert into replay (id, connection_id, from_at, to_at, last_arrival, dry_run, created_by)
    select ${newId('rpl')}, ${wish.connectionId}, ${wish.from}, ${wish.to}, coalesce(max(newest.arrival), 0),
      ${wish.dryRun}, ${wish.createdBy}
    from connection c cross join lateral (
      select e.arrival from event e where e.connection_id = c.id order by e.arrival desc limit 1) newest
    where ${wish.connectionId}::text is null or c.id = ${wish.connectionId}
    returning id`.execute(db);
  return rows[0]!.id;
}

/** An open replay of the very same range and kind: one that was stopped, or that somebody else is at. */
export async function findOpenReplay(
  db: Database,
  wish: ReplayRange & { dryRun: boolean },
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from replay
    where state in ('waiting', 'running') and dry_run = ${wish.dryRun}
      and connection_id is not distinct from ${wish.connectionId}
      and from_at is not distinct from ${wish.from}::timestamptz
      and to_at is not distinct from ${wish.to}::timestamptz
    order by created_at limit 1`.execute(db);
  return rows[0]?.id ?? null;
}

/**
 * Takes up the oldest replay that waits, or whose process is gone.
 * @param id only this one
 */
export async function claimReplay(db: Database, id: string | null = null): Promise<ReplayTask | null> {
  const { rows } = await sql<Row>`
    update replay set state = 'running', touched_at = now()
    where id = (
      select id from replay where ${isFree} and (${id}::text is null or id = ${id})
      order by created_at limit 1 for update skip locked
    )
    returning ${columns}`.execute(db);
  return rows[0] ? toTask(rows[0]) : null;
}

/**
 * Notes how far the replay is, in the transaction that did the work.
 * @throws ReplayTaken when it is not ours any more: the transaction must not commit
 */
export async function saveReplayProgress(
  tx: Database,
  id: string,
  before: ReplayProgress,
  now: ReplayProgress,
): Promise<void> {
  const { numAffectedRows } = await sql`
    update replay set phase = ${now.phase}, events = ${now.events}, changed = ${now.changed},
      recovered = ${now.recovered}, calls = ${now.calls}, compared = ${now.compared},
      changed_calls = ${now.changedCalls}, at_connection = ${now.at.connection}, at_arrival = ${now.at.arrival},
      at_id = ${now.at.id}, touched_at = now()
    where id = ${id} and state = 'running' and phase = ${before.phase} and at_connection = ${before.at.connection}
      and at_arrival = ${before.at.arrival} and at_id = ${before.at.id}`.execute(tx);
  if (numAffectedRows === 0n) throw new ReplayTaken(`Replay ${id} goes on elsewhere, or was cancelled.`);
}

/** Says that its process is alive, while a step takes long. */
export async function touchReplay(db: Database, id: string): Promise<void> {
  await sql`update replay set touched_at = now() where id = ${id} and state = 'running'`.execute(db);
}

/** Ends a replay for good. @param detail why it failed; null: it read everything */
export async function finishReplay(db: Database, id: string, detail: string | null): Promise<void> {
  await sql`
    update replay set state = ${detail === null ? 'done' : 'failed'}, detail = ${detail}, finished_at = now()
    where id = ${id} and state = 'running'`.execute(db);
  await sql`delete from replay_call where replay_id = ${id}`.execute(db);
}

/** Stops a replay after the batch under way. @returns false where it is over, or there is none */
export async function cancelReplay(db: Database, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update replay set state = 'cancelled', finished_at = now()
    where id = ${id} and state in ('waiting', 'running')`.execute(db);
  await sql`delete from replay_call where replay_id = (
    select id from replay where id = ${id} and state = 'cancelled')`.execute(db);
  return numAffectedRows === 1n;
}

/** Puts a replay down, to be taken up again at once by whoever looks next. */
export async function releaseReplay(db: Database, id: string): Promise<void> {
  await sql`update replay set state = 'waiting' where id = ${id} and state = 'running'`.execute(db);
}

function toTask(row: Row): ReplayTask {
  return {
    id: row.id,
    dryRun: row.dry_run,
    phase: row.phase,
    events: row.events,
    changed: row.changed,
    recovered: row.recovered,
    calls: row.calls,
    compared: row.compared,
    changedCalls: row.changed_calls,
    at: { connection: row.at_connection, arrival: row.at_arrival, id: row.at_id },
    range: {
      connectionId: row.connection_id,
      from: row.from_at,
      to: row.to_at,
      lastArrival: row.last_arrival,
    },
  };
}
