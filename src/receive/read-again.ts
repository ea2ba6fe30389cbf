import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { Connection } from '../domain/connection.ts';
import type { NormalizedEvent, Warning } from '../domain/event.ts';
import { arrivedAt, parseStored, requestColumns, type StoredRequest } from './stored-request.ts';

/** Which events are read again; null: all. `from` is inclusive, `to` exclusive, by time of arrival. */
export type ReplayFilter = {
  connectionId: string | null;
  from: Date | null;
  to: Date | null;
  /** Only this one. */
  eventId?: string;
};

export type Normalize = (
  data: Record<string, unknown>,
  connection: Connection,
  receivedAt: Date,
) => NormalizedEvent;

/** An event as stored: its request, and how it was read so far. */
export type StoredEvent = StoredRequest & {
  call_instance_id: string | null;
  status: 'accepted' | 'quarantined' | 'skipped';
  kind: NormalizedEvent['kind'] | null;
  fields: NormalizedEvent['fields'];
  extra: NormalizedEvent['extra'];
};

/** An event as it is read now. */
export type ReadAgain = {
  event: NormalizedEvent;
  warnings: Warning[];
  status: StoredEvent['status'];
};

/** The columns of a {@link StoredEvent} of `event e`. */
export const storedColumns = sql`${requestColumns}, e.call_instance_id, e.status, e.kind, e.fields, e.extra`;

/** Whether `event e` is among those of the filter. */
export function isInRange({ connectionId, from, to, eventId }: ReplayFilter) {
  return sql<boolean>`(${eventId ?? null}::text is null or e.id = ${eventId ?? null}) and (${connectionId}::text is null or e.connection_id = ${connectionId})
    and (${from}::timestamptz is null or e.received_at >= ${from})
    and (${to}::timestamptz is null or e.received_at < ${to})`;
}

const batchSize = 500;

/** The events of a range in the order of their arrival, in batches. */
export async function* readBatches(db: Database, filter: ReplayFilter): AsyncGenerator<StoredEvent[]> {
  let after = { arrival: 0, id: '' };
  for (;;) {
    const { rows } = await sql<StoredEvent>`
      select ${storedColumns} from event e
      where (e.arrival, e.id) > (${after.arrival}, ${after.id}) and ${isInRange(filter)}
      order by e.arrival, e.id limit ${batchSize}`.execute(db);
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)!;
  }
}

/** Reads a kept event by today's code, settings and mapping; null where its bytes cannot be read. */
export function readAgain(
  stored: StoredEvent,
  connection: Connection | undefined,
  normalize: Normalize,
): ReadAgain | null {
  const parsed = connection ? parseStored(stored) : null;
  if (!connection || !parsed) return null;
  const event = normalize(parsed.data, connection, arrivedAt(stored));
  // a pause holds back what arrives during it; what counted before goes on counting
  const heldBack = connection.state === 'paused' && stored.status !== 'accepted';
  return {
    event,
    warnings: [...parsed.warnings, ...event.warnings],
    status: event.callInstanceId === null ? 'quarantined' : heldBack ? 'skipped' : 'accepted',
  };
}

/** Whether the event is read as it was before; warnings may differ. */
export function isReadTheSame(stored: StoredEvent, { event, status }: ReadAgain): boolean {
  const before = [stored.status, stored.call_instance_id, stored.kind, stored.fields, stored.extra];
  // through JSON, since undefined and the order of keys are no difference
  const after = JSON.parse(
    JSON.stringify([status, event.callInstanceId, event.kind, event.fields, event.extra]),
  );
  return isDeepStrictEqual(before, after);
}
