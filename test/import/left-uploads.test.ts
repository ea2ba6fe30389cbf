import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { createConnection } from '../../src/receive/connection-store.ts';
import { createImport, newImportId } from '../../src/receive/import/import-store.ts';
import { removeLeftUploads } from '../../src/receive/import/remove-left-uploads.ts';
import { databaseForTest } from '../support/database.ts';

test('uploads that a dead process left are removed, and no others', async () => {
  const { db } = await databaseForTest();
  const folder = await mkdtemp(join(tmpdir(), 'aria-uploads-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { connectionId } = await createConnection(db, {
    name: 'c',
    platform: 'generic',
    timeZone: 'UTC',
    currency: 'USD',
    defaultCountry: 'US',
    channelLayout: 'mono',
    scorecard: null,
  });
  const ids = Object.fromEntries(['cut', 'young', 'waiting', 'done'].map((what) => [what, newImportId()]));
  const yesterday = new Date(Date.now() - 25 * 3_600_000);
  for (const [what, id] of Object.entries({ ...ids, other: 'notes.txt' })) {
    await writeFile(join(folder, id), 'x');
    if (what !== 'young') await utimes(join(folder, id), yesterday, yesterday);
  }
  const file = { connectionId, source: 'upload', fileName: 'f', sha256: Buffer.alloc(32), bytes: 1 } as const;
  for (const what of ['waiting', 'done']) await createImport(db, { ...file, format: 'csv' }, ids[what]);
  await sql`update import set state = 'done' where id = ${ids.done}`.execute(db);

  expect((await removeLeftUploads(db, folder)).sort()).toEqual([ids.cut!, ids.done!].sort());
  expect((await readdir(folder)).sort()).toEqual([ids.young!, ids.waiting!, 'notes.txt'].sort());
  expect(await removeLeftUploads(db, join(folder, 'none'))).toEqual([]);
});
