import { type SqlBool, sql } from 'kysely';
import type { z } from 'zod';
import type { ErasureBody, listErasures as route } from '../contract/erasures.ts';
import type { Database } from '../db/database.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';

type Row = Omit<ErasureBody, 'created_at'> & { created_at: Date; place: string };

/** A page of the log of erasures, newest first. @throws InvalidQuery */
export async function listErasures(
  db: Database,
  query: z.infer<(typeof route)['query']>,
): Promise<{ items: ErasureBody[]; next: string | null }> {
  const after = decodeCursor('erasures', query.cursor);
  const older = after
    ? sql<SqlBool>`(created_at, id) < (${after.at}::timestamptz, ${after.id})`
    : sql<SqlBool>`true`;
  const { rows } = await sql<Row>`
    select id, created_at, created_by, calls, events, recordings, transcripts, evaluations, late_events,
      created_at::text as place
    from erasure where ${older} order by created_at desc, id desc limit ${query.limit + 1}`.execute(db);
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ place: _, created_at, ...row }) => ({
      ...row,
      created_at: created_at.toISOString(),
    })),
    next:
      rows.length > query.limit && last ? encodeCursor('erasures', { at: last.place, id: last.id }) : null,
  };
}
