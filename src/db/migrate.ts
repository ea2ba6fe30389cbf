import { readdir, readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Database } from './database.ts';

const folder = new URL('./migrations/', import.meta.url);

/** Each `NNNN_words.sql` is one forward-only migration, run in its own transaction. */
async function readMigrations() {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql'));
  const entries = names.map(async (name) => {
    const text = await readFile(new URL(name, folder), 'utf8');
    const up = async (db: Database) => {
      await sql.raw(text).execute(db);
    };
    return [name.replace('.sql', ''), { up }] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/**
 * Brings the schema up to date; safe when several processes start at once (the migrator takes a lock).
 * @returns names of the migrations that were applied now
 */
export async function migrate(db: Database): Promise<string[]> {
  const { error, results } = await openMigrator(db).migrateToLatest();
  if (error) throw error;
  return (results ?? []).map((result) => result.migrationName);
}

/** How the schema of a database compares with this Aria's. */
export type SchemaState = {
  /** Nothing was ever made in it. */
  isEmpty: boolean;
  /** Names of migrations that it lacks. */
  pending: string[];
  /** Names of migrations that this Aria does not know: a newer one made them. */
  unknown: string[];
};

/** Looks at the schema and changes nothing. */
export async function readSchemaState(db: Database): Promise<SchemaState> {
  const { rows: tables } = await sql<{ found: boolean }>`
    select to_regclass('kysely_migration') is not null as found`.execute(db);
  const known = Object.keys(await readMigrations()).sort();
  if (!tables[0]?.found) return { isEmpty: true, pending: known, unknown: [] };
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const applied = rows.map(({ name }) => name);
  return {
    isEmpty: applied.length === 0,
    pending: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)).sort(),
  };
}

function openMigrator(db: Database): Migrator {
  return new Migrator({ db, provider: { getMigrations: readMigrations } });
}
