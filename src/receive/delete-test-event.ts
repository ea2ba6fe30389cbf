import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { foldCalls, type Merge } from './fold-calls.ts';

export type DeletedEvent = { callId: string | null; callRemoved: boolean };

/**
 * Removes an event that is marked as test. Its call goes too where this was its only event; else it is rebuilt
 * from the others.
 * @returns `unknown`: there is none of this id; `real`: it is no test, and such events stay for good
 */
export async function deleteTestEvent(
  db: Database,
  merge: Merge,
  id: string,
): Promise<DeletedEvent | 'unknown' | 'real'> {
  const done = await db.transaction().execute((tx) => remove(tx, id));
  if (typeof done === 'object' && done.callId && !done.callRemoved) await foldCalls(db, merge, [done.callId]);
  return done;
}

async function remove(tx: Database, id: string): Promise<DeletedEvent | 'unknown' | 'real'> {
  // the call first, in the order of every other writer
  const { rows: calls } = await sql<{ id: string }>`
    select c.id from call c join event e using (connection_id, call_instance_id)
    where e.id = ${id} for update of c`.execute(tx);
  const { rows: events } = await sql<{ is_test: boolean }>`
    select is_test from event where id = ${id} for update`.execute(tx);
  if (!events[0]) return 'unknown';
  if (!events[0].is_test) return 'real';
  await sql`delete from event where id = ${id}`.execute(tx);
  const callId = calls[0]?.id ?? null;
  const removed = await sql`
    delete from call c where c.id = ${callId} and not exists (
      select from event e where e.connection_id = c.connection_id and e.call_instance_id = c.call_instance_id
        and e.status = 'accepted')`.execute(tx);
  return { callId, callRemoved: removed.numAffectedRows === 1n };
}
