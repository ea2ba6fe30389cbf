import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { MappingVersionBody } from '../contract/mapping.ts';
import type { Database } from '../db/database.ts';
import type { Mapping } from '../domain/mapping.ts';

type Row = { version: number; map: Mapping; created_at: Date; created_by: string };

/** All versions of a connection's mapping, newest first: the first is in force. */
export async function listMappings(db: Database, connectionId: string): Promise<MappingVersionBody[]> {
  const { rows } = await sql<Row>`
    select version, map, created_at, created_by from connection_mapping
    where connection_id = ${connectionId} order by version desc`.execute(db);
  return rows.map(({ version, map, created_at, created_by }) => {
    return { version, created_at: created_at.toISOString(), created_by, mapping: map };
  });
}

/**
 * Puts a mapping in force as a new version; the same as the one in force stays that version.
 * @returns null when there is no such connection
 */
export async function saveMapping(
  db: Database,
  connectionId: string,
  mapping: Mapping,
  createdBy: string,
): Promise<MappingVersionBody | null> {
  return db.transaction().execute(async (tx) => {
    // two who save at once get two versions, one after the other
    const { rows } = await sql`select from connection where id = ${connectionId} for update`.execute(tx);
    if (rows.length === 0) return null;
    const [inForce] = await listMappings(tx, connectionId);
    if (inForce && isDeepStrictEqual(inForce.mapping, mapping)) return inForce;
    await sql`
      insert into connection_mapping (connection_id, version, map, created_by)
      values (${connectionId}, ${(inForce?.version ?? 0) + 1}, ${JSON.stringify(mapping)}::jsonb, ${createdBy})`.execute(
      tx,
    );
    const [saved] = await listMappings(tx, connectionId);
    return saved!;
  });
}
