import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDiskStore } from '../../src/storage/disk.ts';
import { blobStoreConformance, inPieces, temporaryFolder } from './blob-store-conformance.ts';

blobStoreConformance('the disk', async () => openDiskStore(await temporaryFolder()));

test('drafts that a killed process left are cleared at the next start, those of a living one are not', async () => {
  const folder = await temporaryFolder();
  await openDiskStore(folder);
  const drafts = join(folder, 'drafts');
  await writeFile(join(drafts, 'old'), 'half a recording');
  await writeFile(join(drafts, 'new'), 'half a recording');
  const twoHoursAgo = Date.now() / 1000 - 7_200;
  await utimes(join(drafts, 'old'), twoHoursAgo, twoHoursAgo);
  await openDiskStore(folder);
  expect(await readdir(drafts)).toEqual(['new']);
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
