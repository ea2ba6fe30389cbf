import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { CallChangeBody } from '../../contract/replays.ts';
import type { Database } from '../../db/database.ts';
import type { Connection } from '../../domain/connection.ts';
import { listConnectionSettings } from '../connection-directory.ts';
import { storableJson } from '../storable-json.ts';
import { type CallKey, type TouchedCall, touchedCalls } from './call-key.ts';
import { compareCalls } from './compare-calls.ts';
import { inTransaction } from './in-transaction.ts';
import { type Change, findChanges, isReceivedIn, type StoredEvent, storedColumns } from './read-again.ts';
import { isRecovered, type ReplayDeps } from './replay-event.ts';
import { type ReplayProgress, type ReplayTask, saveReplayProgress, touchReplay } from './replay-store.ts';
import { rewriteEvents } from './rewrite-events.ts';

export type RunReplayDeps = ReplayDeps & {
  /** How many live events wait to be stored; a replay gives way to them. */
  waiting: () => number;
  signal: AbortSignal;
  onProgress?: (now: ReplayProgress, total: number) => void;
};

const eventsAtOnce = 500;
const callsAtOnce = 200;
const maxShown = 200;
/** A store that is always busy must not stop a replay for ever. */
const longestYieldMs = 1_000;

/**
 * Reads events of a range again from their raw bytes with today's code, settings and mapping, batch by batch in
 * the order of their arrival, from where the replay stands, and rebuilds the calls they belong to; a dry run finds
 * out what that would change. Each batch and its progress are one transaction, so whoever goes on after a crash
 * loses nothing and does nothing twice. Events keep their identity and place in time; scores are not touched.
 * @returns whether it came to its end; false: stopped by the signal
 * @throws ReplayTaken
 */
export async function runReplay(task: ReplayTask, deps: RunReplayDeps): Promise<boolean> {
  const total = await countEvents(deps.db, task);
  let now: ReplayProgress = task;
  for (;;) {
    if (deps.signal.aborted) return false;
    const began = performance.now();
    const next =
      now.phase === 'reading' ? await readBatch(task, now, deps) : await compareBatch(task, now, deps);
    if (!next) return true;
    now = next;
    deps.onProgress?.(now, total);
    await giveWay(performance.now() - began, deps);
  }
}

/** Events in the range, counted once; slow where there are many, so it is no part of asking for a replay. */
async function countEvents(db: Database, { id, range }: ReplayTask): Promise<number> {
  const alive = setInterval(() => void touchReplay(db, id).catch(() => undefined), 5_000);
  try {
    const { rows } = await sql<{ total: number }>`
      update replay set total = coalesce(total, (
        select count(*) from event e
        where ${range.connectionId === null ? sql`true` : sql`e.connection_id = ${range.connectionId}`}
          and e.arrival <= ${range.lastArrival} and ${isReceivedIn(range)}))
      where id = ${id} returning total`.execute(db);
    return rows[0]!.total;
  } finally {
    clearInterval(alive);
  }
}

async function readBatch(
  task: ReplayTask,
  before: ReplayProgress,
  deps: RunReplayDeps,
): Promise<ReplayProgress | null> {
  const connections = await listConnectionSettings(deps.db);
  const events = await nextEvents(deps.db, task, before.at, connections);
  const last = events.at(-1);
  if (!last) return task.dryRun ? startComparing(task, before, deps.db) : null;
  const changes = findChanges(events, connections, deps.normalize);
  return inTransaction(deps.db, async (tx) => {
    if (!task.dryRun) await rewriteEvents(tx, deps.merge, changes);
    const now: ReplayProgress = {
      ...before,
      events: before.events + events.length,
      changed: before.changed + changes.length,
      recovered: before.recovered + changes.filter(isRecovered).length,
      calls: before.calls + (await noteTouched(tx, task.id, changes)),
      at: { connection: last.connection_id, arrival: last.arrival, id: last.id },
    };
    await saveReplayProgress(tx, task.id, before, now);
    return now;
  });
}

/** The next events by connection, arrival and id: connection by connection, as the index has them. */
async function nextEvents(
  db: Database,
  { range }: ReplayTask,
  at: ReplayProgress['at'],
  connections: Map<string, Connection>,
): Promise<StoredEvent[]> {
  const ids = range.connectionId === null ? [...connections.keys()].sort() : [range.connectionId];
  for (const id of ids.filter((id) => id >= at.connection)) {
    const after = id === at.connection ? at : { arrival: 0, id: '' };
    const { rows } = await sql<StoredEvent>`
      select ${storedColumns} from event e
      where e.connection_id = ${id} and e.arrival >= ${after.arrival} and (e.arrival, e.id) > (${after.arrival}, ${after.id})
        and e.arrival <= ${range.lastArrival} and ${isReceivedIn(range)}
      order by e.arrival, e.id limit ${eventsAtOnce}`.execute(db);
    if (rows.length > 0) return rows;
  }
  return [];
}

/** Keeps the calls that a batch touches. @returns how many were not touched before */
async function noteTouched(tx: Database, replayId: string, changes: Change[]): Promise<number> {
  const touched = touchedCalls(changes);
  if (touched.length === 0) return 0;
  const { rows } = await sql<{ is_new: boolean }>`
    insert into replay_call as r (replay_id, connection_id, call_instance_id, joining)
    select ${replayId}, k.connection_id, k.call_instance_id, array(select jsonb_array_elements_text(k.joining))
    from jsonb_to_recordset(${storableJson(touched)}::jsonb) as k(connection_id text, call_instance_id text, joining jsonb)
    on conflict (replay_id, connection_id, call_instance_id) do update set joining = r.joining || excluded.joining
    returning r.xmax = 0 as is_new`.execute(tx);
  return rows.filter((row) => row.is_new).length;
}

async function startComparing(
  task: ReplayTask,
  before: ReplayProgress,
  db: Database,
): Promise<ReplayProgress> {
  const now: ReplayProgress = { ...before, phase: 'comparing', at: { connection: '', arrival: 0, id: '' } };
  await saveReplayProgress(db, task.id, before, now);
  return now;
}

async function compareBatch(
  task: ReplayTask,
  before: ReplayProgress,
  deps: RunReplayDeps,
): Promise<ReplayProgress | null> {
  const { rows: calls } = await sql<TouchedCall>`
    select connection_id, call_instance_id, joining from replay_call
    where replay_id = ${task.id} and (connection_id, call_instance_id) > (${before.at.connection}, ${before.at.id})
    order by connection_id, call_instance_id limit ${callsAtOnce}`.execute(deps.db);
  const last: CallKey | undefined = calls.at(-1);
  if (!last) return null;
  const connections = await listConnectionSettings(deps.db);
  const changes = await compareCalls(deps.db, calls, { connections, range: task.range, ...deps });
  return inTransaction(deps.db, async (tx) => {
    const now: ReplayProgress = {
      ...before,
      compared: before.compared + calls.length,
      changedCalls: before.changedCalls + changes.length,
      at: { connection: last.connection_id, arrival: 0, id: last.call_instance_id },
    };
    await saveReplayProgress(tx, task.id, before, now);
    await noteChanges(tx, task.id, changes, Math.max(0, maxShown - before.changedCalls));
    return now;
  });
}

async function noteChanges(
  tx: Database,
  replayId: string,
  changes: CallChangeBody[],
  room: number,
): Promise<void> {
  if (changes.length === 0) return;
  const counts: Record<string, number> = {};
  for (const { fields } of changes) {
    for (const { field } of fields) counts[field] = (counts[field] ?? 0) + 1;
  }
  await sql`
    update replay set changes = changes || ${storableJson(changes.slice(0, room))}::jsonb,
      fields = fields || (
        select coalesce(jsonb_object_agg(n.key, n.value::int + coalesce((fields ->> n.key)::int, 0)), '{}')
        from jsonb_each_text(${storableJson(counts)}::jsonb) n)
    where id = ${replayId}`.execute(tx);
}

/** Rests while live events wait, so that a sender hardly notices a replay. */
async function giveWay(tookMs: number, { waiting, signal }: RunReplayDeps): Promise<void> {
  const until = performance.now() + longestYieldMs;
  while (waiting() > 0 && performance.now() < until && !signal.aborted) {
    await sleep(Math.min(tookMs, 50), undefined, { signal }).catch(() => undefined);
  }
}
