import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { Connection } from '../domain/connection.ts';
import { newId } from '../lib/ids.ts';
import { foldCalls, type Merge } from './fold-calls.ts';
import {
  isReadTheSame,
  type Normalize,
  type ReadAgain,
  type ReplayFilter,
  readAgain,
  readBatches,
  type StoredEvent,
} from './read-again.ts';
import { storableJson } from './storable-json.ts';

export type ReplaySummary = {
  events: number;
  /** Events that are now read otherwise than before. */
  changed: number;
  /** Events that were in quarantine and now belong to a call. */
  recovered: number;
  /** Calls rebuilt. */
  calls: number;
};

export type ReplayDeps = { db: Database; merge: Merge; normalize: Normalize };

/**
 * Reads events again from their raw bytes with today's code, settings and mapping, and rebuilds the calls they
 * belong to. Events keep their identity and their place in time; scores are not touched (`aria rerun` does that).
 * previewReplay tells beforehand what this will change.
 */
export async function replayEvents(
  connections: Map<string, Connection>,
  filter: ReplayFilter,
  deps: ReplayDeps,
): Promise<ReplaySummary> {
  const summary: ReplaySummary = { events: 0, changed: 0, recovered: 0, calls: 0 };
  const rebuilt = new Set<string>();
  for await (const batch of readBatches(deps.db, filter)) {
    const touched = new Set<string>();
    for (const stored of batch) {
      const connection = connections.get(stored.connection_id);
      const read = readAgain(stored, connection, deps.normalize);
      if (!connection || !read || isReadTheSame(stored, read)) continue;
      summary.changed++;
      if (stored.status !== 'accepted' && read.status === 'accepted') summary.recovered++;
      const version = connection.mapping?.version ?? null;
      for (const callId of await rewrite(deps.db, stored, read, version)) touched.add(callId);
    }
    const callIds = [...touched];
    await foldCalls(deps.db, deps.merge, callIds);
    await removeEmptyCalls(deps.db, callIds);
    await startNewRecordings(deps.db, callIds);
    for (const id of callIds) rebuilt.add(id);
    summary.events += batch.length;
  }
  return { ...summary, calls: rebuilt.size };
}

/** Writes the new reading and makes sure that its call exists. @returns ids of the calls to rebuild */
async function rewrite(
  db: Database,
  stored: StoredEvent,
  read: ReadAgain,
  mappingVersion: number | null,
): Promise<string[]> {
  const { event } = read;
  return db.transaction().execute(async (tx) => {
    await sql`
      update event set call_instance_id = ${event.callInstanceId}, kind = ${event.kind}, status = ${read.status},
        fields = ${storableJson(event.fields)}::jsonb, extra = ${storableJson(event.extra)}::jsonb,
        warnings = ${storableJson(read.warnings)}::jsonb, mapping_version = ${mappingVersion}
      where id = ${stored.id}`.execute(tx);
    if (read.status === 'accepted') {
      await sql`insert into call (id, connection_id, call_instance_id, merged_rank, merged_arrival)
        values (${newId('call')}, ${stored.connection_id}, ${event.callInstanceId}, 0, ${stored.arrival})
        on conflict do nothing`.execute(tx);
    }
    const { rows } = await sql<{ id: string }>`
      select id from call where connection_id = ${stored.connection_id}
        and call_instance_id in (${stored.call_instance_id}, ${event.callInstanceId})`.execute(tx);
    return rows.map((row) => row.id);
  });
}

/** A call is what its events say: one whose last event now names another call would be counted twice. */
async function removeEmptyCalls(db: Database, callIds: string[]): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // an event that is being stored for one of them is waited for, so that the next statement sees it
    await sql`select from call where id = any(${callIds}) order by id for update`.execute(tx);
    await sql`
      delete from call c where c.id = any(${callIds}) and not exists (
        select from event e where e.connection_id = c.connection_id and e.call_instance_id = c.call_instance_id
          and e.status = 'accepted')`.execute(tx);
  });
}

/** A recording's address that became known, or another one, starts the pipeline as at arrival. */
async function startNewRecordings(db: Database, callIds: string[]): Promise<void> {
  await sql`
    insert into call_stage as s (call_id, stage, state, input)
    select id, 'recording', 'waiting', recording from call
    where id = any(${callIds}) and recording is not null and not is_test
    on conflict (call_id, stage) do update set state = 'waiting', input = excluded.input, run = s.run + 1,
      attempts = 0, due_at = now(), error_code = null, error_detail = null
    where s.input is distinct from excluded.input`.execute(db);
}
