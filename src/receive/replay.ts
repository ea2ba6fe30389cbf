import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { Connection } from '../domain/connection.ts';
import type { NormalizedEvent, Warning } from '../domain/event.ts';
import { newId } from '../lib/ids.ts';
import { foldCalls, type Merge } from './fold-calls.ts';
import { parseRequest } from './parse-request.ts';

export type ReplayFilter = { connectionId: string | null; from: Date | null; to: Date | null };

export type ReplaySummary = {
  events: number;
  /** Events that are now read otherwise than before. */
  changed: number;
  /** Events that were in quarantine and now belong to a call. */
  recovered: number;
  calls: number;
};

export type ReplayDeps = {
  db: Database;
  merge: Merge;
  normalize: (data: Record<string, unknown>, connection: Connection, receivedAt: Date) => NormalizedEvent;
};

type StoredRequest = {
  id: string;
  connection_id: string;
  call_instance_id: string | null;
  arrival: number;
  status: string;
  method: string;
  query: string;
  content_type: string;
  body: Buffer;
  kind: string | null;
  fields: unknown;
  extra: unknown;
};

const batchSize = 500;

/**
 * Reads events again from their raw bytes with today's code and settings, and rebuilds the calls they belong to.
 * Events keep their identity and their place in time; scores are not touched (`aria rerun` does that).
 */
export async function replayEvents(
  connections: Map<string, Connection>,
  filter: ReplayFilter,
  deps: ReplayDeps,
): Promise<ReplaySummary> {
  const summary: ReplaySummary = { events: 0, changed: 0, recovered: 0, calls: 0 };
  let after = { arrival: 0, id: '' };
  for (;;) {
    const batch = await readBatch(deps.db, filter, after);
    if (batch.length === 0) return summary;
    const touched = new Set<string>();
    for (const stored of batch) {
      const connection = connections.get(stored.connection_id);
      const read = connection ? readAgain(stored, connection, deps) : null;
      if (!read) continue;
      if (isSame(stored, read)) continue;
      summary.changed++;
      if (stored.status !== 'accepted' && read.status === 'accepted') summary.recovered++;
      for (const callId of await rewrite(deps.db, stored, read)) touched.add(callId);
    }
    await foldCalls(deps.db, deps.merge, [...touched]);
    await startNewRecordings(deps.db, [...touched]);
    summary.events += batch.length;
    summary.calls += touched.size;
    after = batch.at(-1)!;
  }
}

async function readBatch(
  db: Database,
  filter: ReplayFilter,
  after: { arrival: number; id: string },
): Promise<StoredRequest[]> {
  const { rows } = await sql<StoredRequest>`
    select id, connection_id, call_instance_id, arrival, status, kind, fields, extra, method, query, content_type, body
    from event
    where (arrival, id) > (${after.arrival}, ${after.id})
      and (${filter.connectionId}::text is null or connection_id = ${filter.connectionId})
      and (${filter.from}::timestamptz is null or received_at >= ${filter.from})
      and (${filter.to}::timestamptz is null or received_at < ${filter.to})
    order by arrival, id limit ${batchSize}`.execute(db);
  return rows;
}

type ReadAgain = {
  event: NormalizedEvent;
  warnings: Warning[];
  status: 'accepted' | 'quarantined' | 'skipped';
};

function readAgain(stored: StoredRequest, connection: Connection, deps: ReplayDeps): ReadAgain | null {
  const parsed = parseRequest({
    method: stored.method,
    contentType: stored.content_type,
    query: stored.query,
    body: stored.body,
  });
  const item = 'unreadable' in parsed ? undefined : parsed.items[0];
  if (!item || 'unreadable' in parsed) return null;
  const event = deps.normalize(item.data, connection, new Date(stored.arrival / 1000));
  const usable = connection.state === 'paused' ? 'skipped' : 'accepted';
  return {
    event,
    warnings: [...parsed.warnings, ...item.warnings, ...event.warnings],
    status: event.callInstanceId ? usable : 'quarantined',
  };
}

function isSame(stored: StoredRequest, { event, status }: ReadAgain): boolean {
  const before = [stored.status, stored.call_instance_id, stored.kind, stored.fields, stored.extra];
  // through JSON, since undefined and the order of keys are no difference
  const after = JSON.parse(
    JSON.stringify([status, event.callInstanceId, event.kind, event.fields, event.extra]),
  );
  return isDeepStrictEqual(before, after);
}

/** Writes the new reading and makes sure that its call exists. @returns ids of the calls to rebuild */
async function rewrite(db: Database, stored: StoredRequest, read: ReadAgain): Promise<string[]> {
  const { event } = read;
  return db.transaction().execute(async (tx) => {
    await sql`
      update event set call_instance_id = ${event.callInstanceId}, kind = ${event.kind}, status = ${read.status},
        fields = ${JSON.stringify(event.fields)}::jsonb, extra = ${JSON.stringify(event.extra)}::jsonb,
        warnings = ${JSON.stringify(read.warnings)}::jsonb
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
