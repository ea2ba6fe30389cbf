import { randomBytes } from 'node:crypto';
import { inject, onTestFinished } from 'vitest';
import { connectPool, type Database, openDatabase } from '../../src/db/database.ts';
import { databaseUrl } from './cluster.ts';

export type TestDatabase = { url: string; db: Database; drop: () => Promise<void> };

/** A migrated, empty database of its own. Call `drop` in afterAll; it fails if a session was left open. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = inject('postgres');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(server, `create database ${name} template template_aria strategy file_copy`);
  const url = databaseUrl(server, name);
  const db = openDatabase(connectPool(url, 5));
  const drop = async () => {
    await db.destroy();
    await asAdmin(server, `drop database ${name} with (force)`);
  };
  return { url, db, drop };
}

/** The same for a single test, dropped when it ends. */
export async function databaseForTest(): Promise<TestDatabase> {
  const database = await createTestDatabase();
  onTestFinished(database.drop);
  return database;
}

async function asAdmin(server: string, statement: string) {
  const pool = connectPool(server, 1);
  try {
    await pool.query(statement);
  } finally {
    await pool.end();
  }
}
