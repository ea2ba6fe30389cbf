import { readdir, readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { callFields } from '../../src/domain/call-fields.ts';
import { databaseForTest } from '../support/database.ts';
import { columnsByTable } from './personal-columns.ts';

const words = (text = '') => text.split(/\s+/).filter((word) => word !== '');

test('every column is said to hold something of a caller, or nothing', async () => {
  const { db } = await databaseForTest();
  const { rows } = await sql<{ name: string }>`
    select table_name || '.' || column_name as name
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(db);
  const said = Object.entries(columnsByTable).flatMap(([table, { personal, plain }]) =>
    [...words(personal), ...words(plain)].map((column) => `${table}.${column}`),
  );
  said.push(...callFields.map((field) => `call.${field}`));
  const there = rows.map(({ name }) => name);
  expect(
    there.filter((name) => !said.includes(name)),
    'not said in personal-columns.ts whether they hold something of a caller',
  ).toEqual([]);
  expect(
    said.filter((name) => !there.includes(name)),
    'said in personal-columns.ts, and not in the database',
  ).toEqual([]);
  expect(new Set(said).size).toBe(said.length);
});

test('every table with something of a caller is named where callers are erased', async () => {
  const folder = new URL('../../src/receive/erase/', import.meta.url);
  const texts = await Promise.all(
    (await readdir(folder)).map((name) => readFile(new URL(name, folder), 'utf8')),
  );
  const text = texts.join('\n');
  const tables = Object.entries(columnsByTable).filter(([, { personal }]) => personal !== undefined);
  // rows that go with those of transcript and call, by the database itself
  const byItself = ['earlier_call_mark', 'transcript_words'];
  expect(tables.map(([table]) => table).filter((table) => !new RegExp(`\\b${table}\\b`).test(text))).toEqual(
    byItself,
  );
});
