import { join, resolve } from 'node:path';
import type pg from 'pg';
import { connectPool, type Database, openDatabase } from '../db/database.ts';
import { joinServer } from '../db/embedded/join-server.ts';
import { ownServer } from '../db/embedded/own-server.ts';
import { migrate, readSchemaState } from '../db/migrate.ts';
import { UserError } from '../lib/user-error.ts';
import type { Config } from './config.ts';
import { explainDatabase } from './explain-database.ts';

/** The open database, whose schema is this Aria's. */
export type Store = {
  url: string;
  pool: pg.Pool;
  db: Database;
  /** Names of the migrations that were applied now. */
  migrated: string[];
  close: () => Promise<void>;
};

/** What opening does about the schema: bring it up to date, or only see that it is. */
type SchemaCare = 'migrate' | 'check';

/** The folder is in use by another Aria. */
export class FolderTaken extends UserError {
  override name = 'FolderTaken';
}

/**
 * For a long-running Aria: the database of DATABASE_URL, or the embedded one, which then belongs to this
 * process alone: it is started again should it end, and stopped with Aria.
 * @param report told, in words, when the embedded database ends and returns
 * @throws FolderTaken · UserError
 */
export async function openStore(
  config: Config,
  report: (message: string) => void = () => undefined,
): Promise<Store> {
  if (config.DATABASE_URL) return connectStore(config.DATABASE_URL, async () => undefined, 'migrate');
  const server = await ownServer(embeddedFolder(config), report);
  if (!server) {
    throw new FolderTaken(
      `Another Aria is running on the data folder ${resolve(config.ARIA_DATA_DIR)}. Stop it, set ARIA_DATA_DIR to another folder, or give several processes one DATABASE_URL.`,
    );
  }
  return connectStore(server.url, server.stop, 'migrate');
}

/**
 * For a command: the same database, beside a running Aria and other commands or alone. A command does not change the
 * schema under a running Aria of another version, unless that is what it is for; an empty database is set up.
 * @throws UserError where the schema is of an older or a newer Aria
 */
export async function openStoreBeside(config: Config, care: SchemaCare = 'check'): Promise<Store> {
  if (config.DATABASE_URL) return connectStore(config.DATABASE_URL, async () => undefined, care);
  const server = await joinServer(embeddedFolder(config));
  return connectStore(server.url, server.leave, care);
}

function embeddedFolder(config: Config): string {
  return join(config.ARIA_DATA_DIR, 'postgres');
}

async function connectStore(url: string, after: () => Promise<void>, care: SchemaCare): Promise<Store> {
  const pool = connectPool(url, 20);
  const db = openDatabase(pool);
  const close = async () => {
    await db.destroy();
    await after();
  };
  try {
    const migrated = care === 'migrate' || (await isUnmade(db)) ? await migrate(db) : [];
    return { url, pool, db, migrated, close };
  } catch (error) {
    await close();
    throw explainDatabase(error) ?? error;
  }
}

/** Whether there is no schema yet. @throws UserError where there is another one than this Aria's */
async function isUnmade(db: Database): Promise<boolean> {
  const { isEmpty, pending, unknown } = await readSchemaState(db);
  if (unknown.length > 0) {
    throw new UserError(
      `The database was brought up to date by a newer Aria (${unknown.at(-1)}). Run this command with that version.`,
    );
  }
  if (!isEmpty && pending.length > 0) {
    throw new UserError(
      `The database is of an older Aria and lacks ${pending.join(', ')}. Stop what runs of that version, then start this one, or run: npx aria migrate`,
    );
  }
  return isEmpty;
}
