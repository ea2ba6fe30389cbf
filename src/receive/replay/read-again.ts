import { isDeepStrictEqual } from 'node:util';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Connection } from '../../domain/connection.ts';
import type { NormalizedEvent, Warning } from '../../domain/event.ts';
import { arrivedAt, parseStored, requestColumns, type StoredRequest } from '../stored-request.ts';

/** Which events are read again; null: all. `from` is inclusive, `to` exclusive, by time of arrival. */
export type ReplayRange = { connectionId: string | null; from: Date | null; to: Date | null };

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
  is_test: boolean;
  fields: NormalizedEvent['fields'];
  extra: NormalizedEvent['extra'];
};

/** An event as it is read now. */
export type ReadAgain = {
  event: NormalizedEvent;
  warnings: Warning[];
  status: StoredEvent['status'];
};

/** An event that is now read otherwise than before. */
export type Change = { stored: StoredEvent; read: ReadAgain; mappingVersion: number | null };

/** The columns of a {@link StoredEvent} of `event e`. */
export const storedColumns: RawBuilder<unknown> = sql`
  ${requestColumns}, e.call_instance_id, e.status, e.kind, e.is_test, e.fields, e.extra`;

/** Whether `event e` was received in the range, whatever its connection. */
export function isReceivedIn({ from, to }: Pick<ReplayRange, 'from' | 'to'>): RawBuilder<SqlBool> {
  const conditions = [
    ...(from ? [sql<SqlBool>`e.received_at >= ${from}`] : []),
    ...(to ? [sql<SqlBool>`e.received_at < ${to}`] : []),
  ];
  return conditions.length > 0 ? sql`(${sql.join(conditions, sql` and `)})` : sql`true`;
}

/** Those of the events that are now read otherwise than before. */
export function findChanges(
  events: StoredEvent[],
  connections: Map<string, Connection>,
  normalize: Normalize,
): Change[] {
  return events.flatMap((stored) => {
    const connection = connections.get(stored.connection_id);
    const read = readAgain(stored, connection, normalize);
    if (!connection || !read || isReadTheSame(stored, read)) return [];
    return [{ stored, read, mappingVersion: connection.mapping?.version ?? null }];
  });
}

/** Events by their ids. */
export async function readEvents(db: Database, ids: string[]): Promise<StoredEvent[]> {
  const { rows } = await sql<StoredEvent>`
    select ${storedColumns} from event e where e.id = any(${ids})`.execute(db);
  return rows;
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
function isReadTheSame(stored: StoredEvent, { event, status }: ReadAgain): boolean {
  const before = [stored.status, stored.call_instance_id, stored.kind, stored.fields, stored.extra];
  // through JSON, since undefined and the order of keys are no difference
  const after = JSON.parse(
    JSON.stringify([status, event.callInstanceId, event.kind, event.fields, event.extra]),
  );
  return isDeepStrictEqual(before, after);
}
