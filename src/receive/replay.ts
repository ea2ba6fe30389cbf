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
    const changes: Change[] = [];
    for (const stored of batch) {
      const connection = connections.get(stored.connection_id);
      const read = readAgain(stored, connection, deps.normalize);
      if (!connection || !read || isReadTheSame(stored, read)) continue;
      summary.changed++;
      if (stored.status !== 'accepted' && read.status === 'accepted') summary.recovered++;
      changes.push({ stored, read, mappingVersion: connection.mapping?.version ?? null });
    }
    summary.events += batch.length;
    if (changes.length === 0) continue;
    const callIds = await rewrite(deps.db, changes);
    await foldCalls(deps.db, deps.merge, callIds);
    await removeEmptyCalls(deps.db, callIds);
    await startNewRecordings(deps.db, callIds);
    for (const id of callIds) rebuilt.add(id);
  }
  return { ...summary, calls: rebuilt.size };
}

type Change = { stored: StoredEvent; read: ReadAgain; mappingVersion: number | null };

/** Writes new readings and makes sure that their calls exist. @returns ids of the calls to rebuild */
async function rewrite(db: Database, changes: Change[]): Promise<string[]> {
  const rows = changes.map(({ stored, read: { event, status, warnings }, mappingVersion }) => ({
    ...{ id: stored.id, connection_id: stored.connection_id, arrival: stored.arrival },
    ...{ new_call_id: newId('call'), before: stored.call_instance_id, after: event.callInstanceId },
    ...{ status, kind: event.kind, fields: event.fields, extra: event.extra, warnings },
    mapping_version: mappingVersion,
  }));
  const r = sql`jsonb_to_recordset(${storableJson(rows)}::jsonb) as r(id text, connection_id text, arrival bigint,
    new_call_id text, before text, after text, status text, kind text, fields jsonb, extra jsonb, warnings jsonb,
    mapping_version int)`;
  return db.transaction().execute(async (tx) => {
    // in the order in which the webhook takes them, so that the two never wait for each other
    await sql`select from event where id = any(${rows.map((row) => row.id)})
      order by connection_id, call_instance_id, fingerprint for update`.execute(tx);
    await sql`
      update event e set call_instance_id = r.after, kind = r.kind, status = r.status, fields = r.fields,
        extra = r.extra, warnings = r.warnings, mapping_version = r.mapping_version
      from ${r} where e.id = r.id`.execute(tx);
    await sql`
      insert into call (id, connection_id, call_instance_id, merged_rank, merged_arrival)
      select r.new_call_id, r.connection_id, r.after, 0, r.arrival from ${r}
      where r.status = 'accepted' order by r.connection_id, r.after
      on conflict do nothing`.execute(tx);
    const { rows: calls } = await sql<{ id: string }>`
      select distinct c.id from ${r}
      join call c on c.connection_id = r.connection_id and c.call_instance_id in (r.before, r.after)`.execute(
      tx,
    );
    return calls.map((call) => call.id);
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
