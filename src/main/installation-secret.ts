import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';

/** A secret that is made once and shared by all processes of an installation, as hexadecimal text. */
export async function installationSecret(db: Database, name: string): Promise<string> {
  const known = await read(db, name);
  if (known) return known;
  await sql`insert into installation_secret (name, value) values (${name}, ${randomBytes(32)})
    on conflict do nothing`.execute(db);
  return (await read(db, name))!;
}

/** Puts a new secret in the place of the old one; whoever uses it must change over in the same transaction. */
export async function replaceInstallationSecret(tx: Database, name: string): Promise<string> {
  const value = randomBytes(32);
  await sql`update installation_secret set value = ${value} where name = ${name}`.execute(tx);
  return value.toString('hex');
}

async function read(db: Database, name: string): Promise<string | null> {
  const { rows } = await sql<{
    value: Buffer;
  }>`select value from installation_secret where name = ${name}`.execute(db);
  return rows[0]?.value.toString('hex') ?? null;
}
