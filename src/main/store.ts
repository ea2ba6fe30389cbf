import { join, resolve } from 'node:path';
import type pg from 'pg';
import { connectPool, type Database, openDatabase } from '../db/database.ts';
import { joinServer } from '../db/embedded/join-server.ts';
import { ownServer } from '../db/embedded/own-server.ts';
import { migrate } from '../db/migrate.ts';
import { UserError } from '../lib/user-error.ts';
import type { Config } from './config.ts';
import { explainDatabase } from './explain-database.ts';

/** The open, migrated database. */
export type Store = { url: string; pool: pg.Pool; db: Database; close: () => Promise<void> };

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
  if (config.DATABASE_URL) return connectStore(config.DATABASE_URL, async () => undefined);
  const server = await ownServer(embeddedFolder(config), report);
  if (!server) {
    throw new FolderTaken(
      `Another Aria is running on the data folder ${resolve(config.ARIA_DATA_DIR)}. Stop it, set ARIA_DATA_DIR to another folder, or give several processes one DATABASE_URL.`,
    );
  }
  return connectStore(server.url, server.stop);
}

/** For a command: the same database, beside a running Aria and other commands or alone. */
export async function openStoreBeside(config: Config): Promise<Store> {
  if (config.DATABASE_URL) return connectStore(config.DATABASE_URL, async () => undefined);
  const server = await joinServer(embeddedFolder(config));
  return connectStore(server.url, server.leave);
}

function embeddedFolder(config: Config): string {
  return join(config.ARIA_DATA_DIR, 'postgres');
}

async function connectStore(url: string, after: () => Promise<void>): Promise<Store> {
  const pool = connectPool(url, 20);
  const db = openDatabase(pool);
  const close = async () => {
    await db.destroy();
    await after();
  };
  try {
    await migrate(db);
  } catch (error) {
    await close();
    throw explainDatabase(error) ?? error;
  }
  return { url, pool, db, close };
}
