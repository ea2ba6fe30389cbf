import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { type CallFields, callFieldKinds, callFields } from '../../src/domain/call-fields.ts';
import { storableFields } from '../../src/receive/storable-json.ts';
import { databaseForTest } from '../support/database.ts';

test('names are written in the order in which jsonb keeps them, so that it need not sort', async () => {
  const all = Object.fromEntries(
    callFields.map((field) => [field, callFieldKinds[field] === 'boolean' ? true : field]),
  ) as CallFields;
  const written = storableFields(all);
  expect(JSON.parse(written)).toEqual(all);
  const { db } = await databaseForTest();
  const { rows } = await sql<{ kept: string }>`select ${written}::jsonb::text as kept`.execute(db);
  expect(JSON.stringify(JSON.parse(rows[0]!.kept))).toBe(written);
});
