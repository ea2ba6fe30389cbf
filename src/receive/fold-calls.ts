import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { CallFields } from '../domain/call-fields.ts';
import { callFields } from '../domain/call-fields.ts';
import { countedEvents, type EventKind, kindRank } from '../domain/event.ts';
import { decideOutcomesAgain } from './decide-outcomes-again.ts';
import { stripErased } from './erase/strip-erased.ts';
import { fieldColumns } from './event-store.ts';
import { storableJson } from './storable-json.ts';

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

/** A call whose row is locked. */
export type LockedCall = {
  id: string;
  connection_id: string;
  call_instance_id: string;
  /** Its caller was erased: what comes of him is stripped before it is merged. */
  erasure_id: string | null;
};

/** Calls in one transaction: bounds its memory, and how long an event of one of them waits. */
const callsAtOnce = 500;
const assignments = callFields.map((field) => `${field} = f.${field}`).join(', ');

/**
 * Rebuilds calls from all their events: after events out of order, after a test event, and where a late event names
 * a call whose caller was erased. The calls' rows are locked first, in the order of every other writer, so that an
 * event stored meanwhile waits and then finds the call in its new state. An outcome that was decided in between, by
 * what the call said before, is decided again.
 */
export async function foldCalls(db: Database, merge: Merge, callIds: string[]): Promise<void> {
  const ids = [...new Set(callIds)];
  for (let at = 0; at < ids.length; at += callsAtOnce) {
    await db.transaction().execute(async (tx) => {
      const { rows } = await sql<LockedCall>`
        select id, connection_id, call_instance_id, erasure_id from call
        where id = any(${ids.slice(at, at + callsAtOnce)})
        order by connection_id, call_instance_id for update`.execute(tx);
      await foldLocked(tx, merge, rows);
      await decideOutcomesAgain(
        tx,
        rows.map(({ id }) => id),
      );
    });
  }
}

/** The same for calls that the transaction has locked. A call without accepted events is left alone. */
export async function foldLocked(tx: Database, merge: Merge, calls: LockedCall[]): Promise<void> {
  await stripErased(
    tx,
    calls.filter((call) => call.erasure_id !== null),
  );
  const { rows } = await sql<MergeInput & { call_id: string; is_test: boolean }>`
    select e.id, e.kind, e.arrival, e.fields, e.extra, e.is_test, c.id as call_id
    from call c join event e on e.connection_id = c.connection_id and e.call_instance_id = c.call_instance_id
    where c.id = any(${calls.map(({ id }) => id)}) and e.status = 'accepted'`.execute(tx);
  const folded = [...Map.groupBy(rows, (row) => row.call_id)].map(([id, all]) => {
    const events = countedEvents(all);
    const { fields, extra } = merge(events);
    const places = events.map((e) => ({ rank: kindRank(e.kind), arrival: e.arrival }));
    const last = places.reduce((a, b) => ((b.rank - a.rank || b.arrival - a.arrival) > 0 ? b : a));
    return {
      ...fields,
      id,
      extra,
      event_count: events.length,
      is_test: events.every((e) => e.is_test),
      merged_rank: last.rank,
      merged_arrival: last.arrival,
    };
  });
  if (folded.length === 0) return;
  await sql`
    update call set stale = false, event_count = f.event_count, extra = f.extra, is_test = f.is_test,
      merged_rank = f.merged_rank, merged_arrival = f.merged_arrival, ${sql.raw(assignments)}
    from jsonb_to_recordset(${storableJson(folded)}::jsonb) as f(id text, extra jsonb, event_count int,
      is_test boolean, merged_rank smallint, merged_arrival bigint, ${sql.raw(fieldColumns)})
    where call.id = f.id`.execute(tx);
}

/** Calls left stale by a process, or a database, that died between storing and folding. */
export async function findStaleCalls(db: Database): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from call where stale`.execute(db);
  return rows.map((row) => row.id);
}
