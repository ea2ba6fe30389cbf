import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { z } from 'zod';
import type { ListedReplayBody, ReplayBody, listReplays as route } from '../contract/replays.ts';
import type { Database } from '../db/database.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { storableText } from './invalid-query.ts';

type Row = Omit<ReplayBody, 'from' | 'to' | 'created_at' | 'finished_at'> & {
  from_at: Date | null;
  to_at: Date | null;
  created_at: Date;
  finished_at: Date | null;
  place: string;
};

/** A page of a connection's replays, newest first. @throws InvalidQuery */
export async function listReplays(
  db: Database,
  connectionId: string,
  query: z.infer<(typeof route)['query']>,
): Promise<{ items: ListedReplayBody[]; next: string | null }> {
  const after = decodeCursor('replays', query.cursor);
  const older = after
    ? sql<SqlBool>`(r.created_at, r.id) < (${after.at}::timestamptz, ${after.id})`
    : sql<SqlBool>`true`;
  const condition = sql<SqlBool>`r.connection_id = ${storableText('id', connectionId)} and ${older}`;
  const rows = await readReplays(db, condition, query.limit + 1);
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => {
      const { fields: _fields, changes: _changes, ...listed } = toBody(row);
      return listed;
    }),
    next: rows.length > query.limit && last ? encodeCursor('replays', { at: last.place, id: last.id }) : null,
  };
}

/** One replay, or null where there is none of this id. */
export async function getReplay(db: Database, id: string): Promise<ReplayBody | null> {
  if (id.includes('\0')) return null;
  const [row] = await readReplays(db, sql<SqlBool>`r.id = ${id}`, 1);
  return row ? toBody(row) : null;
}

async function readReplays(db: Database, condition: RawBuilder<SqlBool>, limit: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select r.id, r.connection_id, r.from_at, r.to_at, r.dry_run, r.state, r.detail, r.total, r.events, r.changed,
      r.recovered, r.calls, r.compared, r.changed_calls, r.fields, r.changes, r.created_by, r.created_at,
      r.finished_at, r.created_at::text as place
    from replay r where ${condition} order by r.created_at desc, r.id desc limit ${limit}`.execute(db);
  return rows;
}

function toBody({ place: _, from_at, to_at, created_at, finished_at, ...row }: Row): ReplayBody {
  return {
    ...row,
    from: from_at?.toISOString() ?? null,
    to: to_at?.toISOString() ?? null,
    created_at: created_at.toISOString(),
    finished_at: finished_at?.toISOString() ?? null,
  };
}
