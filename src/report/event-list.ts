import { sql } from 'kysely';
import type { z } from 'zod';
import type { EventBody, listEvents as listEventsRoute } from '../contract/events.ts';
import type { Database } from '../db/database.ts';
import { all } from './call-filters.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { eventConditions } from './event-filters.ts';
import { storableText } from './invalid-query.ts';

export type EventListQuery = z.infer<(typeof listEventsRoute)['query']>;

type EventRow = Omit<EventBody, 'body' | 'received_at'> & {
  arrival: number;
  received_at: Date;
  body: Buffer;
};

/** A list shows the beginning of a body: 500 bodies of the greatest size would not fit into memory. */
const bodyBytesShown = 64 * 1024;

/**
 * A page of events, newest first. Each connection's newest are read from the index (connection, arrival) and
 * then merged, so that the answer takes as long with a million events as with a hundred.
 * @throws InvalidQuery
 */
export async function listEvents(
  db: Database,
  query: EventListQuery,
): Promise<{ items: EventBody[]; next: string | null }> {
  const after = decodeCursor('events', query.cursor);
  const conditions = [sql<boolean>`e.connection_id = cn.id`, ...eventConditions(query)];
  if (after) conditions.push(sql`(e.arrival, e.id) < (${after.at}::bigint, ${after.id})`);

  const connection = query.connection_id
    ? sql`cn.id = ${storableText('connection_id', query.connection_id)}`
    : sql`true`;

  const { rows } = await sql<EventRow>`
    with page as materialized (
      select v.* from connection cn cross join lateral (
        select e.* from event e where ${all(conditions)} order by e.arrival desc, e.id desc limit ${query.limit + 1}
      ) v
      where ${connection}
      order by v.arrival desc, v.id desc limit ${query.limit + 1}
    )
    select p.id, p.connection_id, c.id as call_id, p.call_instance_id, p.received_at, p.deliveries, p.status,
      p.kind, p.is_test, p.method, p.query, p.content_type, substring(p.body for ${sql.lit(bodyBytesShown)}) as body,
      p.fields, p.extra, p.warnings, p.arrival
    from page p left join call c using (connection_id, call_instance_id)
    order by p.arrival desc, p.id desc`.execute(db);

  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  const more = rows.length > query.limit && last;
  return {
    items: shown.map(toEventBody),
    next: more ? encodeCursor('events', { at: String(last.arrival), id: last.id }) : null,
  };
}

/** One event, or null where there is none of this id. */
export async function getEvent(db: Database, id: string): Promise<EventBody | null> {
  if (id.includes('\0')) return null;
  const { rows } = await sql<EventRow>`
    select e.id, e.connection_id, c.id as call_id, e.call_instance_id, e.received_at, e.deliveries, e.status, e.kind,
      e.is_test, e.method, e.query, e.content_type, substring(e.body for ${sql.lit(bodyBytesShown)}) as body,
      e.fields, e.extra, e.warnings, e.arrival
    from event e left join call c using (connection_id, call_instance_id) where e.id = ${id}`.execute(db);
  return rows[0] ? toEventBody(rows[0]) : null;
}

function toEventBody({ arrival: _, received_at, body, ...row }: EventRow): EventBody {
  return { ...row, received_at: received_at.toISOString(), body: body.toString('utf8') };
}
