import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { readSchemaState } from '../../src/db/migrate.ts';
import { databaseForTest, type TestDatabase } from '../support/database.ts';

const run = promisify(execFile);

async function aria(database: TestDatabase, ...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, ['src/main/cli.ts', ...args], {
    cwd: join(import.meta.dirname, '../..'),
    env: { PATH: process.env.PATH, DATABASE_URL: database.url },
  });
  return stdout;
}

test('a command leaves the schema of an older Aria alone and says what to do', async () => {
  const database = await databaseForTest();
  await sql`delete from kysely_migration where name = (select max(name) from kysely_migration)`.execute(
    database.db,
  );
  await expect(aria(database, 'connection', 'list')).rejects.toThrow(
    /older Aria and lacks \d{4}_.*npx aria migrate/,
  );
  expect(await readSchemaState(database.db)).toMatchObject({ isEmpty: false, pending: [expect.any(String)] });
});

test('a command refuses the schema of a newer Aria', async () => {
  const database = await databaseForTest();
  await sql`insert into kysely_migration (name, timestamp) values ('9999_later', now()::text)`.execute(
    database.db,
  );
  await expect(aria(database, 'connection', 'list')).rejects.toThrow(/newer Aria \(9999_later\)/);
});

test('an empty database is set up by the first command; migrate says what it did', async () => {
  const database = await databaseForTest();
  await sql`drop schema public cascade`.execute(database.db);
  await sql`create schema public`.execute(database.db);
  await aria(database, 'connection', 'list');
  expect(await readSchemaState(database.db)).toEqual({ isEmpty: false, pending: [], unknown: [] });
  expect(JSON.parse(await aria(database, 'migrate', '--json'))).toEqual({ migrated: [] });
});
