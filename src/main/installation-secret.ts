import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';

/** A secret that is made once and shared by all processes of an installation, as hexadecimal text. */
export async function installationSecret(db: Database, name: string): Promise<string> {
  await sql`insert into installation_secret (name, value) values (${name}, ${randomBytes(32)})
    on conflict do nothing`.execute(db);
  const { rows } = await sql<{
    value: Buffer;
  }>`select value from installation_secret where name = ${name}`.execute(db);
  return rows[0]!.value.toString('hex');
}
