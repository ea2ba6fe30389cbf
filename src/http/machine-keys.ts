import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { newId } from '../lib/ids.ts';
import { hashKey, keyHint, newKey } from '../lib/keys.ts';
import { UserError } from '../lib/user-error.ts';

export const scopes = ['read', 'write', 'admin'] as const;
export type Scope = (typeof scopes)[number];

/** Makes a key for the API, told apart from a connection's key by its prefix; it is shown once. */
export async function createMachineKey(db: Database, name: string, granted: Scope[]): Promise<string> {
  const key = newKey('aria');
  await sql`insert into api_key (id, name, hash, hint, scopes)
    values (${newId('key')}, ${name}, ${hashKey(key)}, ${keyHint(key)}, ${granted})`.execute(db);
  return key;
}

/** A machine key as it can be told apart; the key itself nobody can read again. */
export type ListedKey = {
  id: string;
  name: string;
  hint: string;
  scopes: string[];
  created_at: string;
  last_used_at: string | null;
  revoked_at: string | null;
};

/** All machine keys, oldest first, revoked ones included. */
export async function listMachineKeys(db: Database): Promise<ListedKey[]> {
  type Row = Omit<ListedKey, `${string}_at`> & {
    created_at: Date;
    last_used_at: Date | null;
    revoked_at: Date | null;
  };
  const { rows } = await sql<Row>`
    select id, name, hint, scopes, created_at, last_used_at, revoked_at
    from api_key order by created_at, id`.execute(db);
  return rows.map((key) => ({
    ...key,
    created_at: key.created_at.toISOString(),
    last_used_at: key.last_used_at?.toISOString() ?? null,
    revoked_at: key.revoked_at?.toISOString() ?? null,
  }));
}

/** Ends a key, from the next request on. @throws UserError when there is no such key */
export async function revokeMachineKey(db: Database, id: string): Promise<void> {
  const revoked = await sql`
    update api_key set revoked_at = coalesce(revoked_at, now()) where id = ${id}`.execute(db);
  if (revoked.numAffectedRows === 0n) throw new UserError(`There is no key ${id} (npx aria key list).`);
}
