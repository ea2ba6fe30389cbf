import { sql } from 'kysely';
import type { Database } from './database.ts';

/**
 * Asks for the removal of stored files that a stage made and nothing refers to: its result came too late, since its
 * caller was erased or the call was started anew. Files that any recording has stay.
 * @param hashes of the files; null where there is none
 */
export async function dropFiles(db: Database, hashes: readonly (string | null)[]): Promise<void> {
  const made = hashes.filter((hash) => hash !== null);
  await sql`
    insert into file_removal (hash)
    select distinct made.hash from unnest(${made}::text[]) as made(hash)
    where not exists (
      select from recording r where made.hash in (r.hash, r.muted_hash, r.sealed_hash))
    on conflict do nothing`.execute(db);
}
