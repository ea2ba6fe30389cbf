import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BlobMissing, type BlobStore } from '../../src/storage/blob-store.ts';

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aria-blobs-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function* inPieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** What every adapter of BlobStore must do. `makeStore` gives an empty one for the running test. */
export function blobStoreConformance(name: string, makeStore: () => Promise<BlobStore>) {
  describe(`${name} keeps the promises of a blob store`, () => {
    const content = randomBytes(300_000);
    const read = async (stream: Promise<Readable>) => buffer(await stream);

    test('what is put from a stream comes back under its SHA-256', async () => {
      const store = await makeStore();
      const hash = await store.put(inPieces(content, 7_000));
      expect(hash).toBe(sha256(content));
      expect(await store.has(hash)).toBe(true);
      expect(await store.size(hash)).toBe(content.length);
      expect(content.equals(await read(store.open(hash)))).toBe(true);
    });

    test('a file can be put, and stays with its owner', async () => {
      const store = await makeStore();
      const file = join(await temporaryFolder(), 'mine');
      await writeFile(file, content);
      const hash = await store.put({ file });
      await writeFile(file, 'changed afterwards');
      expect(hash).toBe(sha256(content));
      expect(content.equals(await read(store.open(hash)))).toBe(true);
    });

    test('putting the same bytes again, at once or later, changes nothing', async () => {
      const store = await makeStore();
      const hashes = await Promise.all(Array.from({ length: 5 }, () => store.put(inPieces(content, 50_000))));
      hashes.push(await store.put(inPieces(content, 999)));
      expect(new Set(hashes)).toEqual(new Set([sha256(content)]));
      expect(content.equals(await read(store.open(hashes[0]!)))).toBe(true);
    });

    test('what was put is unsettled until somebody settles it, and again when it is put again', async () => {
      const store = await makeStore();
      const hash = await store.put(inPieces(content, 50_000));
      expect(await store.unsettled(0)).toEqual([hash]);
      expect(await store.unsettled(60_000)).toEqual([]);
      await store.settle(hash);
      await store.settle(hash);
      expect(await store.unsettled(0)).toEqual([]);
      expect(await store.has(hash)).toBe(true);
      await store.put(inPieces(content, 50_000));
      expect(await store.unsettled(0)).toEqual([hash]);
    });

    test('a blob without bytes is a blob', async () => {
      const store = await makeStore();
      const hash = await store.put(inPieces(Buffer.alloc(0), 1));
      expect(await store.size(hash)).toBe(0);
      expect(await read(store.open(hash))).toHaveLength(0);
    });

    test('a range gives just these bytes, both ends included', async () => {
      const store = await makeStore();
      const hash = await store.put(inPieces(content, 64_000));
      expect(await read(store.open(hash, { start: 10, end: 19 }))).toEqual(content.subarray(10, 20));
      expect(await read(store.open(hash, { start: 299_990 }))).toEqual(content.subarray(299_990));
    });

    test('the path is a local file with the bytes', async () => {
      const store = await makeStore();
      const hash = await store.put(inPieces(content, 64_000));
      expect(content.equals(await readFile(await store.path(hash)))).toBe(true);
    });

    test('what was removed is missing, and can be removed again', async () => {
      const store = await makeStore();
      const hash = await store.put(inPieces(content, 64_000));
      await store.remove(hash);
      await store.remove(hash);
      expect(await store.has(hash)).toBe(false);
      await expect(store.open(hash)).rejects.toThrow(BlobMissing);
      await expect(store.path(hash)).rejects.toThrow(BlobMissing);
      await expect(store.size(hash)).rejects.toThrow(BlobMissing);
    });

    test('a source that breaks off leaves nothing, and its error comes through', async () => {
      const store = await makeStore();
      const breaking = async function* () {
        yield content.subarray(0, 1_000);
        throw new Error('the line broke');
      };
      await expect(store.put(breaking())).rejects.toThrow('the line broke');
      expect(await store.has(sha256(content.subarray(0, 1_000)))).toBe(false);
    });

    test('a hash that is none names nothing, and leads nowhere', async () => {
      const store = await makeStore();
      for (const hash of ['', '..', '../../etc/passwd', 'ABC', `${'a'.repeat(63)}/`]) {
        await expect(store.open(hash)).rejects.toThrow(BlobMissing);
        await expect(store.path(hash)).rejects.toThrow(BlobMissing);
        expect(await store.has(hash)).toBe(false);
        await store.remove(hash);
      }
    });

    test('stored bytes are not for other users of the machine', async () => {
      const store = await makeStore();
      const path = await store.path(await store.put(inPieces(content, 64_000)));
      expect((await stat(path)).mode & 0o077).toBe(0);
    });
  });
}
