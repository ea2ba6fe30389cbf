import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { CallFields } from '../domain/call-fields.ts';
import { callFields } from '../domain/call-fields.ts';
import { type EventKind, kindRank } from '../domain/event.ts';
import { fieldColumns } from './event-store.ts';

/** An accepted event as it takes part in a call. */
export type MergeInput = {
  id: string;
  kind: EventKind;
  arrival: number;
  fields: CallFields;
  extra: Record<string, unknown>;
};

/** The merge rule (src/normalize/merge.ts), handed in because stages do not import each other. */
export type Merge = (events: MergeInput[]) => { fields: CallFields; extra: Record<string, unknown> };

const assignments = callFields.map((field) => `${field} = f.${field}`).join(', ');

/**
 * Rebuilds calls from all their events: after events out of order, and after a replay. Each call's row is locked
 * first, so that an event stored meanwhile waits and then finds the call in its new state.
 */
export async function foldCalls(db: Database, merge: Merge, callIds: string[]): Promise<void> {
  for (const callId of [...new Set(callIds)].sort()) {
    await db.transaction().execute((tx) => foldCall(tx, merge, callId));
  }
}

async function foldCall(tx: Database, merge: Merge, callId: string): Promise<void> {
  await sql`select from call where id = ${callId} for update`.execute(tx);
  const { rows: events } = await sql<MergeInput & { is_test: boolean }>`
    select e.id, e.kind, e.arrival, e.fields, e.extra, e.is_test from event e
    join call c on c.connection_id = e.connection_id and c.call_instance_id = e.call_instance_id
    where c.id = ${callId} and e.status = 'accepted'`.execute(tx);
  if (events.length === 0) return;
  const merged = merge(events);
  const places = events.map((e) => ({ rank: kindRank(e.kind), arrival: e.arrival }));
  const last = places.reduce((a, b) => ((b.rank - a.rank || b.arrival - a.arrival) > 0 ? b : a));
  await sql`
    update call set stale = false, event_count = ${events.length}, extra = ${JSON.stringify(merged.extra)}::jsonb,
      is_test = ${events.every((e) => e.is_test)}, merged_rank = ${last.rank}, merged_arrival = ${last.arrival},
      ${sql.raw(assignments)}
    from jsonb_to_record(${JSON.stringify(merged.fields)}::jsonb) as f(${sql.raw(fieldColumns)})
    where call.id = ${callId}`.execute(tx);
}

/** Calls left stale by a process, or a database, that died between storing and folding. */
export async function findStaleCalls(db: Database): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from call where stale`.execute(db);
  return rows.map((row) => row.id);
}
