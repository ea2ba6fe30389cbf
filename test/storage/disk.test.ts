import { randomUUID } from 'node:crypto';
import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDiskStore } from '../../src/storage/disk.ts';
import { blobStoreConformance, inPieces, temporaryFolder } from './blob-store-conformance.ts';

blobStoreConformance('the disk', async () => openDiskStore(await temporaryFolder()));

test('drafts that a killed process left are cleared at the next start, other files are not', async () => {
  const folder = await temporaryFolder();
  await openDiskStore(folder);
  const drafts = join(folder, 'drafts');
  const [old, young, foreign] = [`draft-${randomUUID()}`, `draft-${randomUUID()}`, 'not-ours'];
  for (const name of [old, young, foreign]) await writeFile(join(drafts, name), 'half a recording');
  const twoHoursAgo = Date.now() / 1000 - 7_200;
  for (const name of [old, foreign]) await utimes(join(drafts, name), twoHoursAgo, twoHoursAgo);
  await openDiskStore(folder);
  expect((await readdir(drafts)).sort()).toEqual([young, foreign].sort());
});

test('no draft outlives its put, whether that went well or not', async () => {
  const folder = await temporaryFolder();
  const store = await openDiskStore(folder);
  await store.put(inPieces(Buffer.from('bytes'), 2));
  await expect(store.put({ file: join(folder, 'missing') })).rejects.toThrow('ENOENT');
  expect(await readdir(join(folder, 'drafts'))).toEqual([]);
});

test('two stores on one folder see the same blobs', async () => {
  const folder = await temporaryFolder();
  const [one, two] = [await openDiskStore(folder), await openDiskStore(folder)];
  const hash = await one.put(inPieces(Buffer.from('bytes'), 2));
  expect(await two.has(hash)).toBe(true);
  await two.remove(hash);
  expect(await one.has(hash)).toBe(false);
});
