import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { ConnectionBody, listConnections as listConnectionsRoute } from '../contract/connections.ts';
import type { Database } from '../db/database.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { countableRows, estimateRows } from './row-estimate.ts';

export type ConnectionListQuery = z.infer<(typeof listConnectionsRoute)['query']>;

export type ConnectionListDeps = {
  /** The public address that a connection's platform posts to. */
  ingestUrl: (connectionId: string) => string;
  /** In a larger store, events are estimated instead of counted. */
  countableRows?: number;
};

type ConnectionRow = Omit<ConnectionBody, 'created_at' | 'last_event_at' | 'url' | 'keys'> & {
  created_at: Date;
  last_event_at: Date | null;
  keys: { id: string; hint: string; created_at: string; expires_at: string | null }[] | null;
};

/** A page of connections by name. @throws InvalidQuery */
export async function listConnections(
  db: Database,
  query: ConnectionListQuery,
  deps: ConnectionListDeps,
): Promise<{ items: ConnectionBody[]; next: string | null }> {
  const after = decodeCursor('connections', query.cursor);
  const condition = after ? sql<boolean>`cn.name > ${after.at}` : sql<boolean>`true`;
  const rows = await readConnections(db, condition, query.limit + 1, deps);
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  const more = rows.length > query.limit && last;
  return {
    items: shown.map((row) => toConnectionBody(row, deps)),
    next: more ? encodeCursor('connections', { at: last.name, id: last.id }) : null,
  };
}

/** One connection, or null where there is none of this id. */
export async function getConnection(
  db: Database,
  id: string,
  deps: ConnectionListDeps,
): Promise<ConnectionBody | null> {
  if (id.includes('\0')) return null;
  const [row] = await readConnections(db, sql<boolean>`cn.id = ${id}`, 1, deps);
  return row ? toConnectionBody(row, deps) : null;
}

async function readConnections(
  db: Database,
  condition: RawBuilder<boolean>,
  limit: number,
  deps: ConnectionListDeps,
): Promise<ConnectionRow[]> {
  const stored = await estimateRows(db, sql`select 1 from event`);
  const countable = stored <= (deps.countableRows ?? countableRows);
  const count = sql`(select count(*) from event e where e.connection_id = cn.id)`;
  const { rows } = await sql<ConnectionRow>`
    select cn.id, cn.name, cn.platform, cn.time_zone, cn.currency, cn.default_country, cn.channel_layout,
      cn.scorecard, cn.state, cn.created_at, cn.refused_count,
      (select e.received_at from event e where e.connection_id = cn.id order by e.arrival desc limit 1)
        as last_event_at,
      ${countable ? count : sql`0`} as event_count, not ${countable}::boolean as event_count_estimated,
      (select count(*) from event e where e.connection_id = cn.id and e.status = 'quarantined')
        as quarantined_count,
      (select json_agg(json_build_object('id', k.id, 'hint', k.hint, 'created_at', k.created_at,
          'expires_at', k.expires_at) order by k.created_at)
        from connection_key k
        where k.connection_id = cn.id and (k.expires_at is null or k.expires_at > now())) as keys
    from connection cn where ${condition} order by cn.name limit ${limit}`.execute(db);
  if (countable) return rows;
  return Promise.all(rows.map((row) => withEstimate(db, row)));
}

async function withEstimate(db: Database, row: ConnectionRow): Promise<ConnectionRow> {
  const events = sql`select 1 from event where connection_id = ${row.id}`;
  return { ...row, event_count: await estimateRows(db, events) };
}

function toConnectionBody(row: ConnectionRow, { ingestUrl }: ConnectionListDeps): ConnectionBody {
  return {
    ...row,
    created_at: row.created_at.toISOString(),
    url: ingestUrl(row.id),
    last_event_at: row.last_event_at?.toISOString() ?? null,
    keys: (row.keys ?? []).map((key) => ({
      ...key,
      created_at: new Date(key.created_at).toISOString(),
      expires_at: key.expires_at && new Date(key.expires_at).toISOString(),
    })),
  };
}
