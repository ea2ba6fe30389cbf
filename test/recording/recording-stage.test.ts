import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { StageResult } from '../../src/db/stage.ts';
import { createSafeFetch } from '../../src/lib/safe-fetch.ts';
import { createHostGate } from '../../src/recording/host-gate.ts';
import { makeRecordingStage } from '../../src/recording/recording-stage.ts';
import { openDiskStore } from '../../src/storage/disk.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { silentMp3, tones, wav } from './make-audio.ts';
import { mediaServer } from './media-server.ts';
import { serveRanged } from './ranged-file.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await sql`insert into connection (id, name, platform, time_zone, currency, default_country, channel_layout)
    values ('con_1', 'one', 'generic', 'UTC', 'USD', 'US', 'mono')`.execute(database.db);
});
afterAll(() => database.drop());

let calls = 0;
async function makeCall(recording: string | null, connectedSeconds: number | null = null): Promise<string> {
  calls += 1;
  const id = `call_${calls}`;
  await sql`insert into call (id, connection_id, call_instance_id, merged_rank, merged_arrival, recording,
      connected_call_length)
    values (${id}, 'con_1', ${id}, 0, 0, ${recording}, ${connectedSeconds})`.execute(database.db);
  return id;
}

const key = randomBytes(32);
const sealingKey = async () => key;

function stageDeps(maxBytes: number) {
  return {
    db: database.db,
    gate: createHostGate({ concurrency: 4, perSecond: 1_000 }),
    limits: { maxBytes, totalSeconds: 30, minimumBytesPerSecond: 1_000, maxRedirects: 5 },
    sealingKey,
  };
}

async function setUp(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  maxBytes = 5_000_000,
) {
  const folder = await mkdtemp(join(tmpdir(), 'aria-stage-'));
  const server = await mediaServer(answer);
  const safeFetch = createSafeFetch({ allowHosts: ['127.0.0.1'] });
  const storage = await openDiskStore(join(folder, 'audio'));
  const tempFolder = join(folder, 'drafts');
  const stage = makeRecordingStage({ ...stageDeps(maxBytes), storage, safeFetch, tempFolder });
  onTestFinished(async () => {
    await safeFetch.close();
    await rm(folder, { recursive: true, force: true });
  });
  const run = async (callId: string): Promise<StageResult> => {
    const result = await stage(callId, new AbortController().signal);
    if ('write' in result) await database.db.transaction().execute((tx) => result.write(tx));
    return result;
  };
  return { server, storage, run, drafts: () => readdir(tempFolder) };
}

async function rowsOf(callId: string) {
  const { rows } = await sql<{
    hash: string;
    url: string;
    fetched_at: Date;
    bytes: number;
    content_type: string;
    codec: string;
    channels: number;
    sample_rate: number;
    seconds: string;
    peaks: number[][];
    warnings: string[];
  }>`select c.hash, c.url, c.fetched_at, r.bytes, r.content_type, r.codec, r.channels, r.sample_rate, r.seconds,
      r.peaks, r.warnings || c.warnings as warnings
    from call_recording c join recording r using (hash) where c.call_id = ${callId}`.execute(database.db);
  return rows[0];
}

/** Every test has a sound of its own, since the same one is the same row. */
let pitch = 400;
function newTone(seconds = 2): Float32Array {
  pitch += 7;
  return tones(seconds, 8000, [pitch])[0]!;
}
const sound = (seconds = 2) => wav([newTone(seconds), ...tones(seconds, 8000, [300])], 8000);

describe('a good recording', () => {
  test('row 132: is stored under its hash and linked, whatever the server calls it', async () => {
    const bytes = sound();
    const { run, server, storage, drafts } = await setUp((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end(bytes);
    });
    const callId = await makeCall(`${server.url}/r/1`);
    await run(callId);
    const row = await rowsOf(callId);
    expect(row).toMatchObject({
      url: `${server.url}/r/1`,
      bytes: bytes.length,
      content_type: 'audio/wav',
      codec: 'pcm',
      channels: 2,
      sample_rate: 8000,
      seconds: '2.000',
      warnings: [],
    });
    expect(row!.peaks).toHaveLength(2);
    expect(await storage.size(row!.hash)).toBe(bytes.length);
    expect(await drafts()).toEqual([]);
  });

  test('row 135: fetched again under another address with the same audio gives the same recording', async () => {
    const bytes = sound();
    const { run, server } = await setUp((_request, response) => response.end(bytes));
    const callId = await makeCall(`${server.url}/first`);
    await run(callId);
    const before = await rowsOf(callId);
    await run(callId);
    expect(await rowsOf(callId)).toEqual(before);
    await sql`update call set recording = ${`${server.url}/second`} where id = ${callId}`.execute(
      database.db,
    );
    await run(callId);
    expect(await rowsOf(callId)).toMatchObject({
      hash: before!.hash,
      url: `${server.url}/second`,
      warnings: [],
    });
  });

  test('row 135: other audio under a new address takes its place', async () => {
    const { run, server } = await setUp((_request, response) => response.end(sound()));
    const callId = await makeCall(`${server.url}/1`);
    await run(callId);
    const before = await rowsOf(callId);
    await run(callId);
    expect((await rowsOf(callId))!.hash).not.toBe(before!.hash);
  });

  test('rows 144, 147: the same audio for two calls is stored once, linked twice, and told', async () => {
    const bytes = sound();
    const { run, server } = await setUp((_request, response) => response.end(bytes));
    const [one, two, three] = [
      await makeCall(server.url),
      await makeCall(server.url),
      await makeCall(server.url),
    ];
    for (const callId of [one, two, three, one]) await run(callId);
    const [first, second] = [await rowsOf(one), await rowsOf(two)];
    expect(first!.hash).toBe(second!.hash);
    expect(first!.warnings).toEqual([expect.stringContaining('Several calls')]);
  });

  test('row 147: an address that another call had is not fetched again, but when a call is run anew', async () => {
    const bytes = sound(6);
    const { run, server } = await setUp((_request, response) => response.end(bytes));
    const url = `${server.url}/same`;
    const [one, two] = [await makeCall(url), await makeCall(url, 60)];
    await run(one);
    await run(two);
    expect(server.requests).toHaveLength(1);
    const [first, second] = [await rowsOf(one), await rowsOf(two)];
    expect(second!.hash).toBe(first!.hash);
    expect(first!.warnings).toEqual([expect.stringContaining('Several calls')]);
    // what is said of the length is said of the call alone
    expect(second!.warnings).toEqual([
      expect.stringContaining('Several calls'),
      expect.stringContaining('54 s shorter'),
    ]);
    await run(two);
    expect(server.requests).toHaveLength(2);
  });

  test('row 147: an address that is wanted twice at the same time is fetched once', async () => {
    const bytes = sound();
    const { run, server } = await setUp((_request, response) => setTimeout(() => response.end(bytes), 100));
    const calls = [await makeCall(server.url), await makeCall(server.url), await makeCall(server.url)];
    await Promise.all(calls.map(run));
    expect(server.requests).toHaveLength(1);
    const hashes = await Promise.all(calls.map(async (id) => (await rowsOf(id))!.hash));
    expect(new Set(hashes).size).toBe(1);
    expect((await rowsOf(calls[0]!))!.warnings).toEqual([expect.stringContaining('Several calls')]);
  });

  test('row 135: the same audio under a new address leaves what was made of it; other audio does not', async () => {
    let bytes = sound();
    const { run, server } = await setUp((_request, response) => response.end(bytes));
    const callId = await makeCall(`${server.url}/1`);
    await run(callId);
    await sql`insert into call_stage (call_id, stage, state) values (${callId}, 'transcribe', 'done')`.execute(
      database.db,
    );
    const address = (path: string) =>
      sql`update call set recording = ${`${server.url}${path}`} where id = ${callId}`.execute(database.db);
    await address('/2');
    expect(await run(callId)).toMatchObject({ settled: true });
    // run again under the same address: somebody wants all that follows
    expect(await run(callId)).toMatchObject({ settled: false });
    bytes = sound();
    await address('/3');
    expect(await run(callId)).toMatchObject({ settled: false });
    expect((await rowsOf(callId))!.warnings).toEqual([expect.stringContaining('took the place')]);
    const { rows } = await sql`select url from earlier_recording where call_id = ${callId}`.execute(
      database.db,
    );
    expect(rows).toEqual([{ url: `${server.url}/2` }]);
  });

  test('row 126: a mended address is fetched, and the mending told', async () => {
    const { run, server } = await setUp((_request, response) => response.end(sound()));
    const callId = await makeCall(`${server.url}/a?x=1&amp;y=2`);
    await run(callId);
    expect(server.requests[0]?.url).toBe('/a?x=1&y=2');
    expect((await rowsOf(callId))!.warnings).toEqual([expect.stringContaining('HTML entities')]);
  });

  test('row 143: a length unlike the reported one is told', async () => {
    const { run, server } = await setUp((_request, response) => response.end(sound(2)));
    const callId = await makeCall(server.url, 60);
    await run(callId);
    expect((await rowsOf(callId))!.warnings).toEqual([expect.stringContaining('58 s shorter')]);
  });

  test('row 139: equal channels count as one', async () => {
    const left = newTone();
    const { run, server } = await setUp((_request, response) => response.end(wav([left, left], 8000)));
    const callId = await makeCall(server.url);
    await run(callId);
    const row = await rowsOf(callId);
    expect(row).toMatchObject({ channels: 1, warnings: [expect.stringContaining('same sound')] });
    expect(row!.peaks).toHaveLength(1);
  });

  test('rows 124, 133: user and password in the address are used and kept out of the row', async () => {
    const { run, server } = await setUp((request, response) => {
      if (request.headers.authorization !== `Basic ${btoa('me:hidden')}`)
        return response.writeHead(401).end();
      return response.end(sound());
    });
    const callId = await makeCall(`http://me:hidden@${server.host}/a.wav`);
    await run(callId);
    expect((await rowsOf(callId))!.url).toBe(`http://${server.host}/a.wav`);
  });
});

describe('row 144: without an address', () => {
  test.each([[null], ['  ']])('%j there is nothing to do', async (recording) => {
    const { run } = await setUp((_request, response) => response.end());
    expect(await run(await makeCall(recording))).toEqual({ skip: 'the call has no recording address' });
  });
});

describe('faults', () => {
  const answer = (status: number, body: string | Buffer, headers = {}) =>
    setUp((_request, response) => response.writeHead(status, headers).end(body), 100_000);

  test.each<[string, number, string | Buffer, string, string]>([
    ['row 136: 404', 404, 'not yet', 'recording.not-found', 'soon'],
    ['row 136: 202', 202, 'being made', 'recording.not-found', 'soon'],
    ['row 136: 425', 425, '', 'recording.not-found', 'soon'],
    ['row 133: 401', 401, '', 'recording.unauthorized', 'never'],
    ['row 133: 403', 403, 'link expired', 'recording.unauthorized', 'never'],
    ['500', 500, '', 'recording.unavailable', 'soon'],
    ['row 127: too large', 200, Buffer.alloc(200_000), 'recording.too-large', 'never'],
    ['row 131: a page', 200, '<html><title>Sign in</title></html>', 'recording.not-audio', 'soon'],
    ['row 131: an error', 200, '{"error":"gone"}', 'recording.not-audio', 'soon'],
    ['row 141: a playlist', 200, '#EXTM3U\nhttp://10.0.0.1/', 'recording.not-audio', 'soon'],
    ['row 138: no bytes', 200, '', 'recording.empty-audio', 'soon'],
    ['row 138: a header only', 200, wav([new Float32Array(0)], 8000), 'recording.empty-audio', 'soon'],
    ['row 138: a second of silence', 200, wav(tones(1, 8000, [0]), 8000), 'recording.empty-audio', 'never'],
    ['row 138: silence in MP3', 200, silentMp3(40, 1), 'recording.empty-audio', 'never'],
  ])('%s', async (_what, status, body, code, retry) => {
    const { run, server, drafts } = await answer(status, body);
    const callId = await makeCall(`${server.url}/calls/+13125550100.mp3`);
    const failure = await run(callId).catch((error) => error);
    expect(failure).toMatchObject({ name: 'Failure', code, retry });
    // row 148: the path may hold the caller's number
    expect(failure.detail).not.toContain('3125550100');
    expect(await rowsOf(callId)).toBeUndefined();
    expect(await drafts()).toEqual([]);
  });

  test('row 138: longer silence is a call on which nothing is heard, and goes on', async () => {
    const { run, server } = await answer(200, wav(tones(6, 8000, [0]), 8000));
    const callId = await makeCall(server.url);
    expect(await run(callId)).toHaveProperty('write');
  });

  test('row 131: the words of an error page are shown', async () => {
    const { run, server } = await answer(200, '<html><body><h1>Your link has expired</h1></body></html>');
    await expect(run(await makeCall(server.url))).rejects.toMatchObject({
      detail: expect.stringContaining('Your link has expired'),
    });
  });

  test('row 137: Retry-After is kept to', async () => {
    const { run, server } = await answer(503, '', { 'retry-after': '600' });
    const before = Date.now();
    const failure = await run(await makeCall(server.url)).catch((error) => error);
    expect(failure.retry.notBefore.getTime()).toBeGreaterThanOrEqual(before + 600_000);
  });

  test('row 137: a host that asks for a pause is left alone by all calls, without using up their attempts', async () => {
    const { run, server } = await setUp((_request, response) => {
      response.writeHead(429, { 'retry-after': '600' }).end();
    });
    const first = await run(await makeCall(`${server.url}/1`)).catch((error) => error);
    expect(first).toMatchObject({ code: 'recording.rate-limited' });
    const later = Date.now() + 599_000;
    const second = await run(await makeCall(`${server.url}/2`));
    expect(second).toMatchObject({ later: expect.any(Date), reason: expect.stringContaining('pause') });
    expect((second as { later: Date }).later.getTime()).toBeGreaterThan(later);
    expect(server.requests).toHaveLength(1);
  });

  test('row 130: a download that broke off is gone on with at the next attempt', async () => {
    const bytes = sound(20);
    const serve = serveRanged({ bytes, etag: '"v1"', breaksAfter: (n) => (n === 0 ? 200_000 : null) });
    const { run, server, drafts } = await setUp(serve);
    const callId = await makeCall(server.url);
    await expect(run(callId)).rejects.toMatchObject({ code: 'recording.unavailable', retry: 'soon' });
    expect(await drafts()).toHaveLength(2);
    await run(callId);
    expect(server.requests[1]!.headers.range).toMatch(/^bytes=[1-9]/);
    expect(await rowsOf(callId)).toMatchObject({ bytes: bytes.length, seconds: '20.000' });
    expect(await drafts()).toEqual([]);
  });

  test('row 134: after an expired link, a fresh one in a later event succeeds', async () => {
    const { run, server } = await setUp((request, response) => {
      if (request.url === '/old') return response.writeHead(403).end();
      return response.end(sound());
    });
    const callId = await makeCall(`${server.url}/old`);
    await expect(run(callId)).rejects.toMatchObject({ code: 'recording.unauthorized' });
    await sql`update call set recording = ${`${server.url}/new`} where id = ${callId}`.execute(database.db);
    await run(callId);
    expect(await rowsOf(callId)).toMatchObject({ url: `${server.url}/new` });
  });

  test.each([
    ['row 117', 'http://169.254.169.254/latest/meta-data/', 'recording.blocked-address'],
    ['row 118', 'http://[::1]/a.wav', 'recording.blocked-address'],
    ['row 120', 'file:///etc/passwd', 'recording.bad-url'],
    ['row 126', '/recordings/a.mp3', 'recording.bad-url'],
  ])('%s: %s', async (_row, url, code) => {
    const { run } = await setUp((_request, response) => response.end());
    await expect(run(await makeCall(url))).rejects.toMatchObject({ code, retry: 'never' });
  });

  test('a stage that is stopped in the middle leaves no draft and throws no Failure', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'aria-stage-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const server = await mediaServer((_request, response) => response.write(sound()));
    const safeFetch = createSafeFetch({ allowHosts: ['127.0.0.1'] });
    const storage = await openDiskStore(join(folder, 'audio'));
    const deps = { ...stageDeps(1e6), storage, safeFetch, tempFolder: join(folder, 'drafts') };
    const stop = new AbortController();
    const running = makeRecordingStage(deps)(await makeCall(server.url), stop.signal);
    setTimeout(() => stop.abort(new Error('shutting down')), 100);
    await expect(running).rejects.toThrow('shutting down');
    expect(await readdir(join(folder, 'drafts'))).toEqual([]);
    await safeFetch.close();
  });
});
