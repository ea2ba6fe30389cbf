import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { Warning } from '../domain/event.ts';
import { parseRequest } from './parse-request.ts';

/** The request of an event as it was kept: all that reading it again takes. */
export type StoredRequest = {
  id: string;
  connection_id: string;
  /** Microseconds since 1970. */
  arrival: number;
  method: string;
  query: string;
  content_type: string;
  body: Buffer;
};

/** The columns of a {@link StoredRequest} of `event e`. */
export const requestColumns: RawBuilder<unknown> = sql`
  e.id, e.connection_id, e.arrival, e.method, e.query, e.content_type, e.body`;

/** The request of one event, and the mapping by which its stored values were read; null where there is no such event. */
export async function findRequest(
  db: Database,
  id: string,
): Promise<(StoredRequest & { mapping_version: number | null }) | null> {
  // PostgreSQL takes no NUL, so no id holds one
  if (id.includes('\0')) return null;
  const { rows } = await sql<StoredRequest & { mapping_version: number | null }>`
    select ${requestColumns}, e.mapping_version from event e where e.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** The data of a kept request and what was odd about its form; null where its bytes cannot be read. */
export function parseStored(
  stored: StoredRequest,
): { data: Record<string, unknown>; warnings: Warning[] } | null {
  const parsed = parseRequest({
    method: stored.method,
    contentType: stored.content_type,
    query: stored.query,
    body: stored.body,
  });
  if ('unreadable' in parsed) return null;
  // items of a list are kept one by one; where there is a second, an older Aria saw one event, and none may be dropped
  const [item, second] = parsed.items;
  if (!item || second || 'fault' in item) return null;
  return { data: item.data, warnings: [...parsed.warnings, ...item.warnings] };
}

/** When the request arrived. */
export function arrivedAt(stored: StoredRequest): Date {
  return new Date(stored.arrival / 1000);
}
