import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { ImportBody, listImports as listImportsRoute } from '../contract/imports.ts';
import type { Database } from '../db/database.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { storableText } from './invalid-query.ts';

type ImportRow = Omit<ImportBody, 'created_at' | 'finished_at'> & {
  created_at: Date;
  finished_at: Date | null;
  place: string;
};

/** A page of a connection's imports, newest first. @throws InvalidQuery */
export async function listImports(
  db: Database,
  connectionId: string,
  query: z.infer<(typeof listImportsRoute)['query']>,
): Promise<{ items: ImportBody[]; next: string | null }> {
  const after = decodeCursor('imports', query.cursor);
  const older = after
    ? sql<boolean>`(i.created_at, i.id) < (${after.at}::timestamptz, ${after.id})`
    : sql<boolean>`true`;
  const condition = sql<boolean>`i.connection_id = ${storableText('id', connectionId)} and ${older}`;
  const rows = await readImports(db, condition, query.limit + 1);
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  const more = rows.length > query.limit && last;
  return {
    items: shown.map(toImportBody),
    next: more ? encodeCursor('imports', { at: last.place, id: last.id }) : null,
  };
}

/** One import, or null where there is none of this id. */
export async function getImport(db: Database, id: string): Promise<ImportBody | null> {
  if (id.includes('\0')) return null;
  const [row] = await readImports(db, sql<boolean>`i.id = ${id}`, 1);
  return row ? toImportBody(row) : null;
}

async function readImports(
  db: Database,
  condition: RawBuilder<boolean>,
  limit: number,
): Promise<ImportRow[]> {
  const { rows } = await sql<ImportRow>`
    select i.id, i.connection_id, i.source, i.file_name, i.format, i.state, i.detail, i.bytes, i.bytes_read,
      i.rows_read, i.accepted, i.duplicates, i.quarantined, i.skipped, i.unreadable, i.warned,
      (select count(*) from import_error e where e.import_id = i.id) as errors, i.created_at, i.finished_at,
      i.created_at::text as place
    from import i where ${condition} order by i.created_at desc, i.id desc limit ${limit}`.execute(db);
  return rows;
}

function toImportBody({ place: _, created_at, finished_at, ...row }: ImportRow): ImportBody {
  return {
    ...row,
    created_at: created_at.toISOString(),
    finished_at: finished_at?.toISOString() ?? null,
  };
}
