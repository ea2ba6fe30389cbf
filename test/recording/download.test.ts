import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createSafeFetch } from '../../src/lib/safe-fetch.ts';
import { download } from '../../src/recording/download.ts';
import { openPartFolder } from '../../src/recording/part-folder.ts';
import { mediaServer } from './media-server.ts';
import { type RangedFile, serveRanged } from './ranged-file.ts';

const bytes = Buffer.from(Array.from({ length: 400_000 }, (_, i) => (i * 7919) % 251));
const other = Buffer.from(bytes.map((byte) => 255 - byte));

async function setUp(file: RangedFile) {
  const folder = await mkdtemp(join(tmpdir(), 'aria-parts-'));
  const served = { ...file };
  const server = await mediaServer((request, response) => handlers.serve(request, response));
  const handlers = { serve: serveRanged(served) };
  const safeFetch = createSafeFetch({ allowHosts: ['127.0.0.1'] });
  onTestFinished(async () => {
    await safeFetch.close();
    await rm(folder, { recursive: true, force: true });
  });
  /** One attempt, as the stage makes it; what broke off stays. */
  const attempt = async (url = server.url) => {
    const parts = await openPartFolder(folder);
    const part = await parts.begin(url);
    const length = await download(url, part, { maxBytes: 1_000_000 }, { safeFetch, parts });
    const content = await readFile(part.path);
    await parts.remove(part);
    return { length, content };
  };
  const swap = (next: RangedFile) => {
    handlers.serve = serveRanged(next);
  };
  return { server, attempt, swap, folder, asked: () => server.requests.map((r) => r.headers.range ?? 'all') };
}

const breaksOnce = (after: number) => (request: number) => (request === 0 ? after : null);
const broken = { reason: 'incomplete' };

describe('row 130: a download that broke off', () => {
  test.each<[string, Partial<RangedFile>]>([
    ['by its ETag', { etag: '"v1"' }],
    ['by its date', { lastModified: 'Wed, 01 Jul 2026 00:00:00 GMT' }],
  ])('goes on where it stopped (%s)', async (_how, name) => {
    const { attempt, server, asked, folder } = await setUp({
      bytes,
      ...name,
      breaksAfter: breaksOnce(300_000),
    });
    await expect(attempt()).rejects.toMatchObject(broken);
    const { length, content } = await attempt();
    expect(length).toBe(bytes.length);
    expect(content.equals(bytes)).toBe(true);
    const from = Number(/^bytes=(\d+)-$/.exec(asked()[1]!)![1]);
    expect(from).toBeGreaterThan(0);
    expect(server.requests[1]!.headers['if-range']).toBe(name.etag ?? name.lastModified);
    expect(await readdir(folder)).toEqual([]);
  });

  test('goes on again and again, each time from further on', async () => {
    const { attempt, asked } = await setUp({
      bytes,
      etag: '"v1"',
      breaksAfter: (n) => (n < 3 ? 150_000 : null),
    });
    for (let i = 0; i < 3; i += 1) await expect(attempt()).rejects.toMatchObject(broken);
    expect((await attempt()).content.equals(bytes)).toBe(true);
    const starts = asked()
      .slice(1)
      .map((range) => Number(range.replace(/\D/g, '')));
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    expect(new Set(starts).size).toBe(3);
  });

  test('goes on although the process that began it died', async () => {
    const { attempt, server, asked, folder } = await setUp({ bytes, etag: '"v1"' });
    const parts = await openPartFolder(folder);
    const left = await parts.begin(server.url);
    await writeFile(left.path, bytes.subarray(0, 200_000));
    await parts.remember(left, { etag: '"v1"', lastModified: null, total: bytes.length });
    expect((await attempt()).content.equals(bytes)).toBe(true);
    expect(asked()).toEqual([`bytes=${200_000 - 65_536}-`]);
    expect(await readdir(folder)).toEqual([]);
  });

  test('takes nothing from another address, nor what has no name to compare', async () => {
    const { attempt, server, asked } = await setUp({ bytes, etag: '"v1"', breaksAfter: breaksOnce(100_000) });
    await expect(attempt(`${server.url}/1`)).rejects.toMatchObject(broken);
    await attempt(`${server.url}/2`);
    expect(asked()).toEqual(['all', 'all']);
    const nameless = await setUp({ bytes, breaksAfter: breaksOnce(100_000) });
    await expect(nameless.attempt()).rejects.toMatchObject(broken);
    expect((await nameless.attempt()).content.equals(bytes)).toBe(true);
    expect(nameless.asked()).toEqual(['all', 'all']);
  });
});

describe('row 130: a file that is another one by now', () => {
  test('is taken whole where the server keeps to If-Range', async () => {
    const { attempt, swap, asked } = await setUp({ bytes, etag: '"v1"', breaksAfter: breaksOnce(300_000) });
    await expect(attempt()).rejects.toMatchObject(broken);
    swap({ bytes: other, etag: '"v2"' });
    expect((await attempt()).content.equals(other)).toBe(true);
    expect(asked()).toHaveLength(2);
  });

  test('is noticed by its bytes where the server does not', async () => {
    const { attempt, swap } = await setUp({ bytes, etag: '"v1"', breaksAfter: breaksOnce(300_000) });
    await expect(attempt()).rejects.toMatchObject(broken);
    swap({ bytes: other, etag: '"v1"' });
    expect((await attempt()).content.equals(other)).toBe(true);
  });

  test('and shorter is asked for anew after 416', async () => {
    const { attempt, swap } = await setUp({ bytes, etag: '"v1"', breaksAfter: breaksOnce(300_000) });
    await expect(attempt()).rejects.toMatchObject(broken);
    swap({ bytes: other.subarray(0, 50_000), etag: '"v1"' });
    expect((await attempt()).length).toBe(50_000);
  });

  test('a server that knows no ranges sends all again', async () => {
    const { attempt } = await setUp({
      bytes,
      etag: '"v1"',
      ignoresRange: true,
      breaksAfter: breaksOnce(300_000),
    });
    await expect(attempt()).rejects.toMatchObject(broken);
    expect((await attempt()).content.equals(bytes)).toBe(true);
  });
});

test('row 127: the cap holds for the whole file, also when only the rest is fetched', async () => {
  const { attempt, server, folder } = await setUp({ bytes, etag: '"v1"' });
  const parts = await openPartFolder(folder);
  const left = await parts.begin(server.url);
  await writeFile(left.path, bytes.subarray(0, 200_000));
  await parts.remember(left, { etag: '"v1"', lastModified: null, total: null });
  const safeFetch = createSafeFetch({ allowHosts: ['127.0.0.1'] });
  onTestFinished(() => safeFetch.close());
  const part = await parts.begin(server.url);
  const tooLarge = download(server.url, part, { maxBytes: 300_000 }, { safeFetch, parts });
  await expect(tooLarge).rejects.toMatchObject({ reason: 'too-large' });
  expect((await attempt()).length).toBe(bytes.length);
});
