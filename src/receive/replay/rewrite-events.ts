import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { newId } from '../../lib/ids.ts';
import { decideOutcomesAgain } from '../decide-outcomes-again.ts';
import { foldLocked, type LockedCall, type Merge } from '../fold-calls.ts';
import { storableJson } from '../storable-json.ts';
import { touchedCalls } from './call-key.ts';
import type { Change } from './read-again.ts';

/**
 * Writes new readings of events and rebuilds their calls, within one transaction: it happens whole or not at all,
 * and doing it again changes nothing. Rows are locked in the order in which the webhook takes them (events, then
 * calls, each by their keys), so that the two never wait for each other.
 */
export async function rewriteEvents(tx: Database, merge: Merge, changes: Change[]): Promise<void> {
  if (changes.length === 0) return;
  await updateEvents(tx, changes);
  const calls = await lockCalls(tx, changes);
  await foldLocked(tx, merge, calls);
  const ids = calls.map(({ id }) => id);
  await removeEmptyCalls(tx, ids);
  await startNewRecordings(tx, ids);
  await decideOutcomesAgain(tx, ids);
}

async function updateEvents(tx: Database, changes: Change[]): Promise<void> {
  const rows = changes.map(({ stored, read: { event, status, warnings }, mappingVersion }) => ({
    id: stored.id,
    after: event.callInstanceId,
    mapping_version: mappingVersion,
    status,
    kind: event.kind,
    fields: event.fields,
    extra: event.extra,
    warnings,
  }));
  await sql`select from event where id = any(${rows.map((row) => row.id)})
    order by connection_id, call_instance_id, fingerprint for update`.execute(tx);
  // what was erased since it was read stays erased
  await sql`
    update event e set call_instance_id = r.after, kind = r.kind, status = r.status, fields = r.fields,
      extra = r.extra, warnings = r.warnings, mapping_version = r.mapping_version
    from jsonb_to_recordset(${storableJson(rows)}::jsonb) as r(id text, after text, status text, kind text,
      fields jsonb, extra jsonb, warnings jsonb, mapping_version int)
    where e.id = r.id and e.erased_at is null`.execute(tx);
}

/** Locks the calls that the events leave and come to, and makes those that are not there yet: in one pass, in order. */
async function lockCalls(tx: Database, changes: Change[]): Promise<LockedCall[]> {
  const arrivals = new Map(changes.map(({ stored }) => [stored.id, stored.arrival]));
  const keys = touchedCalls(changes).map(({ joining, ...key }) => ({
    ...key,
    new_id: newId('call'),
    arrival: arrivals.get(joining[0] ?? '') ?? 0,
  }));
  const k = sql`jsonb_to_recordset(${storableJson(keys)}::jsonb) as k(connection_id text, call_instance_id text,
    new_id text, arrival bigint)`;
  await sql`
    insert into call as c (id, connection_id, call_instance_id, merged_rank, merged_arrival, first_event_at, last_event_at)
    select k.new_id, k.connection_id, k.call_instance_id, 0, k.arrival, to_timestamp(k.arrival / 1e6),
      to_timestamp(k.arrival / 1e6)
    from ${k}
    order by k.connection_id, k.call_instance_id
    on conflict (connection_id, call_instance_id) do update set stale = c.stale where false`.execute(tx);
  const { rows } = await sql<LockedCall>`
    select c.id, c.connection_id, c.call_instance_id, c.erasure_id
    from ${k} join call c using (connection_id, call_instance_id)`.execute(tx);
  return rows;
}

/** A call is what its events say: one whose last event now names another call would be counted twice. */
async function removeEmptyCalls(tx: Database, callIds: string[]): Promise<void> {
  await sql`
    delete from call c where c.id = any(${callIds}) and c.erasure_id is null and not exists (
      select from event e where e.connection_id = c.connection_id and e.call_instance_id = c.call_instance_id
        and e.status = 'accepted')`.execute(tx);
}

/** A recording's address that became known, or another one, starts the pipeline as at arrival. */
async function startNewRecordings(tx: Database, callIds: string[]): Promise<void> {
  await sql`
    insert into call_stage as s (call_id, stage, state, input)
    select c.id, 'recording', 'waiting', c.recording from call c
    where c.id = any(${callIds}) and c.recording is not null and not c.is_test and c.erasure_id is null
      and not exists (select from call_stage o
        where o.call_id = c.id and o.stage = 'recording' and o.input = c.recording)
    order by c.id
    on conflict (call_id, stage) do update set state = 'waiting', input = excluded.input, run = s.run + 1,
      attempts = 0, due_at = now(), error_code = null, error_detail = null
    where s.input is distinct from excluded.input`.execute(tx);
}
