import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { newId } from '../lib/ids.ts';
import { hashKey, keyHint, newKey } from '../lib/keys.ts';

export const scopes = ['read', 'write'] as const;
export type Scope = (typeof scopes)[number];

/** Makes a key for the API, told apart from a connection's key by its prefix; it is shown once. */
export async function createMachineKey(db: Database, name: string, granted: Scope[]): Promise<string> {
  const key = newKey('aria');
  await sql`insert into api_key (id, name, hash, hint, scopes)
    values (${newId('key')}, ${name}, ${hashKey(key)}, ${keyHint(key)}, ${granted})`.execute(db);
  return key;
}
