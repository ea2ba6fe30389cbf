import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { EngineName } from '../domain/engine.ts';

/** Sets the order in which a connection's calls are given to engines; null for the installation's. @returns false when there is no such connection */
export async function setEngineOrder(
  db: Database,
  connectionId: string,
  engines: readonly EngineName[] | null,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update connection set engines = ${engines}::text[] where id = ${connectionId}`.execute(db);
  return numAffectedRows === 1n;
}
