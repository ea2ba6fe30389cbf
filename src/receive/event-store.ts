import type pg from 'pg';
import { byteaArray, textArray } from '../db/binary-array.ts';
import { decideAgain, isToDecideAgain } from '../db/decide-again.ts';
import { callFieldKinds, callFields, type FieldKind } from '../domain/call-fields.ts';

/** Stands for the HTTP method of an event that was read from a file; the work on its call waits for live ones. */
export const importMethod = 'IMPORT';

/** One event, ready to be stored. JSON columns are serialised already, so that a batch is encoded only once. */
export type EventRow = {
  id: string;
  /** Used only if this event is the call's first. */
  newCallId: string;
  connectionId: string;
  /** null: quarantined. */
  callInstanceId: string | null;
  fingerprint: Buffer;
  arrival: number;
  status: 'accepted' | 'quarantined' | 'skipped';
  kind: string | null;
  rank: number;
  isTest: boolean;
  method: string;
  query: string;
  contentType: string;
  body: Buffer;
  fields: string;
  extra: string;
  warnings: string;
  /** The connection's own mapping by which it was read; null: the preset alone. */
  mappingVersion: number | null;
};

/** What became of it. */
export type StoredEvent = {
  eventId: string;
  callId: string | null;
  duplicate: boolean;
  /**
   * The call must be folded anew: the event belongs before one that was merged already, or is the first that is no
   * test, or the call's caller was erased.
   */
  stale: boolean;
  /** PostgreSQL cannot hold its values: only the raw request was kept, in quarantine. */
  unstorable?: boolean;
};

const sqlTypes: Record<FieldKind, string> = {
  text: 'text',
  id: 'text',
  date: 'timestamptz',
  phone: 'text',
  seconds: 'numeric',
  boolean: 'boolean',
  'end-call-source': 'text',
  state: 'text',
  zip: 'text',
  url: 'text',
  money: 'numeric',
  count: 'numeric',
};

/** `buyer_name text, client_id text, …`: how a call's fields are read out of JSON. */
export const fieldColumns = callFields
  .map((field) => `${field} ${sqlTypes[callFieldKinds[field]]}`)
  .join(', ');
const fieldList = callFields.join(', ');
const keepKnown = callFields.map((field) => `${field} = coalesce(excluded.${field}, c.${field})`).join(', ');
/** Only tests had named the call so far; they do not count beside a real event. */
const becomesReal = '(c.is_test and not excluded.is_test)';
/** Of an event that merged nothing. As a subquery it is looked up only then; as a join all calls would be read. */
const itsCall =
  'from call c where c.connection_id = i.connection_id and c.call_instance_id = i.call_instance_id';
const inOrder = '(excluded.merged_rank, excluded.merged_arrival) >= (c.merged_rank, c.merged_arrival)';

/**
 * Events, merged calls and the outbox of the pipeline in one statement, hence one transaction and one fsync.
 * Rows are sorted by call everywhere: unsorted batches of two processes would deadlock.
 *
 * A new recording address (re)starts the pipeline; anything new about a call that was scored, or could not be, decides
 * its outcome again, since policy and the choice of a scorecard also look at what was reported.
 *
 * A new event overwrites what it knows and leaves the rest (a blank is no key in `fields`). That is right for
 * an event in order; one out of order marks the call stale, and foldCalls puts it right before the answer.
 * So does an event about a call whose caller was erased, which is stripped then. A test event never changes a call
 * that a platform has named.
 *
 * The planner knows nothing about a batch, so conditions are written such that it expects many rows: else it
 * joins row by row, which costs the square of the batch. JSON is parsed once, in the first step.
 */
const statement = `
with input as materialized (
  select id, call_id, connection_id, call_instance_id, fingerprint, arrival, status, kind, rank, is_test, method, query,
    content_type, body, fields::jsonb as fields, extra::jsonb as extra, warnings::jsonb as warnings,
    mapping_version, place
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::bigint[], $7::text[],
    $8::text[], $9::smallint[], $10::boolean[], $11::text[], $12::text[], $13::text[], $14::bytea[], $15::text[],
    $16::text[], $17::text[], $18::int[])
  with ordinality as t(id, call_id, connection_id, call_instance_id, fingerprint, arrival, status, kind, rank,
    is_test, method, query, content_type, body, fields, extra, warnings, mapping_version,
    place)
), stored as (
  insert into event as e (id, connection_id, call_instance_id, fingerprint, arrival, status, kind, is_test, method,
    query, content_type, body, fields, extra, warnings, mapping_version)
  select id, connection_id, call_instance_id, fingerprint, arrival, status, kind, is_test, method, query,
    content_type, body, fields, extra, warnings, mapping_version
  from input order by connection_id, call_instance_id, fingerprint
  on conflict (fingerprint) do update set deliveries = e.deliveries + 1
  returning id, fingerprint
), fresh as materialized (
  select input.* from input join stored using (id) where status <> 'quarantined' and status <> 'skipped'
), merged as (
  insert into call as c (id, connection_id, call_instance_id, merged_rank, merged_arrival, is_test, extra, ${fieldList})
  select i.call_id, i.connection_id, i.call_instance_id, i.rank, i.arrival, i.is_test, i.extra, f.*
  from fresh i cross join lateral jsonb_to_record(i.fields) as f(${fieldColumns})
  order by i.connection_id, i.call_instance_id
  on conflict (connection_id, call_instance_id) do update set
    event_count = c.event_count + 1, last_event_at = now(), is_test = c.is_test and excluded.is_test,
    first_event_at = case when ${becomesReal} then now() else c.first_event_at end,
    stale = c.stale or c.erasure_id is not null or not ${inOrder} or ${becomesReal},
    merged_rank = case when ${inOrder} then excluded.merged_rank else c.merged_rank end,
    merged_arrival = case when ${inOrder} then excluded.merged_arrival else c.merged_arrival end,
    extra = c.extra || excluded.extra, ${keepKnown}
    where c.is_test or not excluded.is_test
  returning id, connection_id, call_instance_id, stale, erasure_id
), staged as (
  insert into call_stage as s (call_id, stage, state, input, priority)
  select m.id, 'recording', 'waiting', i.fields ->> 'recording', case i.method when '${importMethod}' then -1 else 0 end
  from fresh i join merged m using (connection_id, call_instance_id)
  where i.fields ->> 'recording' is not null and not i.is_test and m.erasure_id is null
  on conflict (call_id, stage) do update
    set state = 'waiting', input = excluded.input, run = s.run + 1, attempts = 0, due_at = now(),
      priority = excluded.priority, error_code = null, error_detail = null
    where s.input is distinct from excluded.input
), rescored as (
  update call_stage s set ${decideAgain}
  where s.call_id = any(array(select id from merged where erasure_id is null)) and ${isToDecideAgain}
)
select s.id as event_id, s.id <> i.id as duplicate,
  coalesce(m.id, (select c.id ${itsCall})) as call_id,
  coalesce(m.stale, (select c.erasure_id is not null ${itsCall}), false) as stale
from input i
join stored s using (fingerprint)
left join merged m using (connection_id, call_instance_id)
order by i.place`;

/** Stores a batch in one transaction; results are in the order of the rows. Rows must differ in call and fingerprint. */
export async function storeEvents(pool: pg.Pool, rows: EventRow[]): Promise<StoredEvent[]> {
  const text = (pick: (row: EventRow) => string | null) => textArray(rows.map(pick));
  const result = await pool.query({
    name: 'store-events',
    text: statement,
    values: [
      text((r) => r.id),
      text((r) => r.newCallId),
      text((r) => r.connectionId),
      text((r) => r.callInstanceId),
      byteaArray(rows.map((r) => r.fingerprint)),
      rows.map((r) => r.arrival),
      text((r) => r.status),
      text((r) => r.kind),
      rows.map((r) => r.rank),
      rows.map((r) => r.isTest),
      text((r) => r.method),
      text((r) => r.query),
      text((r) => r.contentType),
      byteaArray(rows.map((r) => r.body)),
      text((r) => r.fields),
      text((r) => r.extra),
      text((r) => r.warnings),
      rows.map((r) => r.mappingVersion),
    ],
  });
  const stored: StoredEvent[] = result.rows.map((row) => ({
    eventId: row.event_id,
    callId: row.call_id,
    duplicate: row.duplicate,
    stale: row.stale,
  }));
  await findMissedCalls(pool, rows, stored);
  return stored;
}

/** A repeat of what another process stored at the same moment meets its event, but does not see its call yet. */
async function findMissedCalls(pool: pg.Pool, rows: EventRow[], stored: StoredEvent[]): Promise<void> {
  const missed = stored.filter(
    (event, place) => event.duplicate && event.callId === null && rows[place]?.status === 'accepted',
  );
  if (missed.length === 0) return;
  const found = await pool.query<{ event_id: string; call_id: string }>(
    `select e.id as event_id, c.id as call_id from event e join call c using (connection_id, call_instance_id)
     where e.id = any($1)`,
    [missed.map((event) => event.eventId)],
  );
  for (const event of missed)
    event.callId = found.rows.find((row) => row.event_id === event.eventId)?.call_id ?? null;
}
