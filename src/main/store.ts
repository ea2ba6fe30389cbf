import { join, resolve } from 'node:path';
import pg from 'pg';
import { connectPool, type Database, openDatabase } from '../db/database.ts';
import { findRunning, startEmbedded } from '../db/embedded/server.ts';
import { migrate } from '../db/migrate.ts';
import type { Config } from './config.ts';

/** The open, migrated database. */
export type Store = { url: string; pool: pg.Pool; db: Database; close: () => Promise<void> };

/** Taken in the embedded database by the Aria that runs on a data folder; it goes away with its owner. */
const ownerLock = 4_040_001;

/** The folder is in use by another Aria. */
export class FolderTaken extends Error {
  override name = 'FolderTaken';
}

/**
 * For a long-running Aria: the database of DATABASE_URL, or the embedded one, which then belongs to this
 * process alone and is stopped with it.
 * @throws FolderTaken
 */
export async function openStore(config: Config): Promise<Store> {
  if (config.DATABASE_URL) return connectStore(config.DATABASE_URL, async () => undefined);
  const server = await startEmbedded({ folder: embeddedFolder(config) });
  const owner = new pg.Client({ connectionString: server.url });
  await owner.connect();
  owner.on('error', () => undefined);
  const { rows } = await owner.query('select pg_try_advisory_lock($1) as taken', [ownerLock]);
  if (!rows[0].taken) {
    await owner.end();
    throw new FolderTaken(
      `Another Aria is running on the data folder ${resolve(config.ARIA_DATA_DIR)}. Stop it, set ARIA_DATA_DIR to another folder, or give several processes one DATABASE_URL.`,
    );
  }
  return connectStore(server.url, async () => {
    await owner.end();
    await server.stop();
  });
}

/** For a command: beside a running Aria where there is one, else with the embedded database started for it. */
export async function openStoreBeside(config: Config): Promise<Store> {
  const running = config.DATABASE_URL ?? (await findRunning(embeddedFolder(config)));
  return running ? connectStore(running, async () => undefined) : openStore(config);
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
    throw error;
  }
  return { url, pool, db, close };
}
