import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { RecordingAuth, RecordingTls } from '../../src/domain/recording-host.ts';
import { readHostPattern } from '../../src/lib/host-pattern.ts';
import { createSafeFetch } from '../../src/lib/safe-fetch.ts';
import { composeRecordingHosts, rotateRecordingKey } from '../../src/main/compose-recording-hosts.ts';
import { installationSecret } from '../../src/main/installation-secret.ts';
import { createHostGate } from '../../src/recording/host-gate.ts';
import { makeRecordingStage } from '../../src/recording/recording-stage.ts';
import { openDiskStore } from '../../src/storage/disk.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { tones, wav } from './make-audio.ts';
import { makeCertificate } from './make-certificate.ts';
import { mediaServer } from './media-server.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

let made = 0;
async function makeConnection(): Promise<string> {
  made += 1;
  const id = `con_${made}`;
  await sql`insert into connection (id, name, platform, time_zone, currency, default_country, channel_layout)
    values (${id}, ${id}, 'generic', 'UTC', 'USD', 'US', 'mono')`.execute(database.db);
  return id;
}

async function makeCall(connectionId: string, recording: string): Promise<string> {
  made += 1;
  const id = `call_${made}`;
  await sql`insert into call (id, connection_id, call_instance_id, merged_rank, merged_arrival, recording)
    values (${id}, ${connectionId}, ${id}, 0, 0, ${recording})`.execute(database.db);
  await sql`insert into call_stage (call_id, stage, state) values (${id}, 'recording', 'running')`.execute(
    database.db,
  );
  return id;
}

const hosts = () => composeRecordingHosts(database.db, () => undefined);
const put = (
  connectionId: string,
  host: string,
  change: { auth?: RecordingAuth | null; tls?: RecordingTls },
) => hosts().put({ connectionId, pattern: readHostPattern(host)! }, change, 'me@example.com');
const sealingKey = async () => Buffer.from(await installationSecret(database.db, 'recording-hosts'), 'hex');

/** Names lead to the loopback address; only those of `own` belong to the operator's network. */
async function fetcher(own: string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'aria-hosts-'));
  const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
  const safeFetch = createSafeFetch({ allowHosts: own, connectSeconds: 2, resolve });
  onTestFinished(async () => {
    await safeFetch.close();
    await rm(folder, { recursive: true, force: true });
  });
  const stage = makeRecordingStage({
    db: database.db,
    safeFetch,
    sealingKey,
    tempFolder: join(folder, 'parts'),
    storage: await openDiskStore(join(folder, 'audio')),
    gate: createHostGate({ concurrency: 4, perSecond: 1_000 }),
    limits: { maxBytes: 5_000_000, totalSeconds: 20, minimumBytesPerSecond: 1_000, maxRedirects: 5 },
  });
  return async (callId: string) => {
    const result = await stage(callId, new AbortController().signal);
    if ('write' in result) await database.db.transaction().execute((tx) => result.write(tx));
    return result;
  };
}

let pitch = 300;
/** Every one is another, since the same sound is the same recording. */
function sound(): Buffer {
  pitch += 11;
  return wav(tones(1, 8000, [pitch]), 8000);
}

describe('row 133: the credential of a host', () => {
  const value = 's3cret/+ value';
  test.each<[RecordingAuth, (headers: Record<string, unknown>, url: string) => unknown, string]>([
    [{ kind: 'bearer', token: value }, (headers) => headers.authorization, `Bearer ${value}`],
    [
      { kind: 'basic', user: 'me', password: value },
      (headers) => headers.authorization,
      `Basic ${Buffer.from(`me:${value}`).toString('base64')}`,
    ],
    [{ kind: 'header', name: 'X-Api-Key', value }, (headers) => headers['x-api-key'], value],
    [{ kind: 'query', name: 'key', value }, (_h, url) => url, '/r?id=1&key=s3cret%2F%2B%20value'],
  ])('%j opens it', async (auth, find, expected) => {
    const server = await mediaServer((request, response) => {
      const open = find(request.headers, request.url ?? '') === expected;
      response.writeHead(open ? 200 : 401).end(open ? sound() : 'no');
    });
    const run = await fetcher(['media.lan']);
    const connectionId = await makeConnection();
    const callId = await makeCall(connectionId, `http://media.lan:${server.port}/r?id=1`);
    await expect(run(callId)).rejects.toMatchObject({
      code: 'recording.unauthorized',
      retry: 'never',
      detail: expect.stringContaining('none are set for this host'),
    });
    await put(connectionId, 'media.lan', { auth });
    await run(callId);
    const { rows } = await sql<{ url: string }>`
      select url from call_recording where call_id = ${callId}`.execute(database.db);
    expect(rows[0]!.url).toBe(`http://media.lan:${server.port}/r?id=1`);
  });

  test('is sent to its host alone: not to another, not after a redirect to another, nor when that leads back', async () => {
    const seen: string[] = [];
    const server = await mediaServer((request, response) => {
      const host = request.headers.host!.split(':')[0]!;
      seen.push(`${host} ${request.headers.authorization ?? 'nothing'}`);
      const next = { '/to-other': 'other.lan', '/back': 'media.lan' }[request.url ?? ''];
      if (!next) return response.writeHead(401).end();
      const path = request.url === '/to-other' ? '/back' : '/end';
      return response.writeHead(302, { location: `http://${next}:${server.port}${path}` }).end();
    });
    const run = await fetcher(['media.lan', 'other.lan']);
    const connectionId = await makeConnection();
    await put(connectionId, 'media.lan', { auth: { kind: 'bearer', token: 'tk_9f' } });
    const callId = await makeCall(connectionId, `http://media.lan:${server.port}/to-other`);
    await expect(run(callId)).rejects.toMatchObject({ detail: expect.stringContaining('a redirect') });
    expect(seen).toEqual(['media.lan Bearer tk_9f', 'other.lan nothing', 'media.lan nothing']);
  });

  test('stays with its connection', async () => {
    const server = await mediaServer((request, response) => {
      response.writeHead(request.headers.authorization ? 200 : 401).end(sound());
    });
    const run = await fetcher(['media.lan']);
    const [one, two] = [await makeConnection(), await makeConnection()];
    await put(one, 'media.lan', { auth: { kind: 'bearer', token: 'tk_9f' } });
    await expect(run(await makeCall(two, `http://media.lan:${server.port}/`))).rejects.toThrow();
    await run(await makeCall(one, `http://media.lan:${server.port}/`));
  });

  test('that is refused is named by its kind and never by its value, even where the server repeats it', async () => {
    const server = await mediaServer((request, response) => {
      response.writeHead(403).end(`{"error":"unknown token ${request.headers.authorization}"}`);
    });
    const run = await fetcher(['a.media.lan']);
    const connectionId = await makeConnection();
    await put(connectionId, '*.media.lan', { auth: { kind: 'bearer', token: 'tk_9f_value' } });
    const callId = await makeCall(connectionId, `http://a.media.lan:${server.port}/`);
    const failure = await run(callId).catch((error) => error);
    expect(failure.detail).toContain('The bearer token set for *.media.lan was sent and refused.');
    expect(failure.detail).toContain('unknown token Bearer [removed]');
    expect(`${failure.stack}${JSON.stringify(failure)}`).not.toContain('tk_9f_value');
  });
});

describe('row 133: a change', () => {
  test('starts the calls again that failed for the host, and no others', async () => {
    const connectionId = await makeConnection();
    const other = await makeConnection();
    const calls = {
      refused: await makeCall(connectionId, 'https://rec.m.example/1'),
      page: await makeCall(connectionId, 'https://rec.m.example/2'),
      elsewhere: await makeCall(connectionId, 'https://m.example/3'),
      stranger: await makeCall(other, 'https://rec.m.example/4'),
      broken: await makeCall(connectionId, 'https://rec.m.example/5'),
      redirected: await makeCall(connectionId, 'https://short.example/6'),
    };
    const fail = (id: string, code: string, detail = '') =>
      sql`update call_stage set state = 'failed', attempts = 9, error_code = ${code}, error_detail = ${detail}
        where call_id = ${id}`.execute(database.db);
    for (const id of Object.values(calls)) await fail(id, 'recording.unauthorized');
    await fail(calls.page, 'recording.not-audio');
    await fail(calls.broken, 'recording.corrupt');
    await fail(calls.redirected, 'recording.untrusted', 'cdn.rec.m.example: the certificate …');
    const saved = await put(connectionId, '*.m.example', { auth: { kind: 'bearer', token: 't' } });
    expect(saved).toMatchObject({ host: '*.m.example', auth: 'bearer', tls: 'system', rerun: 3 });
    const { rows } = await sql<{ call_id: string }>`
      select call_id from call_stage where state = 'waiting' and attempts = 0 and error_code is null
        and call_id = any(${Object.values(calls)}) order by call_id`.execute(database.db);
    expect(rows.map((row) => row.call_id)).toEqual([calls.refused, calls.page, calls.redirected].sort());
  });

  test('of one thing leaves the other as it was', async () => {
    const connectionId = await makeConnection();
    await put(connectionId, 'm.example', { auth: { kind: 'bearer', token: 't' }, tls: { mode: 'insecure' } });
    await put(connectionId, 'm.example', { tls: { mode: 'system' } });
    expect(await hosts().list(connectionId)).toMatchObject([{ auth: 'bearer', tls: 'system' }]);
    await put(connectionId, 'm.example', { auth: null });
    expect(await hosts().list(connectionId)).toMatchObject([
      { host: 'm.example', auth: null, changed_by: 'me@example.com' },
    ]);
    expect(await hosts().remove(connectionId, readHostPattern('m.example')!)).toBe(true);
    expect(await hosts().remove(connectionId, readHostPattern('m.example')!)).toBe(false);
    expect(await hosts().list(connectionId)).toEqual([]);
    expect(await hosts().list('con_none')).toBeNull();
    expect(await put('con_none', 'm.example', {})).toBeNull();
  });
});

describe('in the database a credential', () => {
  test('is sealed, and opens only in its own row', async () => {
    const connectionId = await makeConnection();
    const server = await mediaServer((_request, response) => response.end(sound()));
    await put(connectionId, 'media.lan', { auth: { kind: 'bearer', token: 'tk_plain_9f' } });
    const dump = async () =>
      JSON.stringify(
        (await sql`select recording_host::text as row from recording_host`.execute(database.db)).rows,
      );
    expect(await dump()).not.toContain('tk_plain');
    expect(await dump()).not.toContain(Buffer.from('tk_plain').toString('hex'));
    await sql`update recording_host set host = 'evil.lan' where connection_id = ${connectionId}`.execute(
      database.db,
    );
    const run = await fetcher(['evil.lan']);
    const moved = run(await makeCall(connectionId, `http://evil.lan:${server.port}/`));
    await expect(moved).rejects.toThrow();
    expect(server.requests).toHaveLength(0);
    await sql`delete from recording_host where connection_id = ${connectionId}`.execute(database.db);
  });

  test('works on after its key was rotated, and the old key opens nothing', async () => {
    const server = await mediaServer((request, response) => {
      response.writeHead(request.headers.authorization === 'Bearer tk_9f' ? 200 : 401).end(sound());
    });
    const run = await fetcher(['media.lan']);
    const connectionId = await makeConnection();
    await put(connectionId, 'media.lan', { auth: { kind: 'bearer', token: 'tk_9f' } });
    const before = await sealingKey();
    expect(await rotateRecordingKey(database.db)).toBeGreaterThan(0);
    expect((await sealingKey()).equals(before)).toBe(false);
    await run(await makeCall(connectionId, `http://media.lan:${server.port}/`));
  });
});

test('row 125: a port is opened by naming it with its host, for that host alone', async () => {
  const server = await mediaServer((_request, response) => response.end(sound()));
  const run = await fetcher([]);
  const connectionId = await makeConnection();
  const callId = await makeCall(connectionId, `http://media.example:${server.port}/`);
  await expect(run(callId)).rejects.toMatchObject({ code: 'recording.blocked-port', retry: 'never' });
  await put(connectionId, `media.example:${server.port}`, {});
  // now the port is open, and what the name leads to is looked at: opening a port opens no private network
  await expect(run(callId)).rejects.toMatchObject({ code: 'recording.blocked-address' });
  const other = await makeCall(connectionId, `http://other.example:${server.port}/`);
  await expect(run(other)).rejects.toMatchObject({ code: 'recording.blocked-port' });
});

const certificate = makeCertificate();

describe.runIf(certificate)('row 145: a certificate that nobody vouches for', () => {
  async function secureServer() {
    const server = createServer({ key: certificate!.key, cert: certificate!.cert }, (_request, response) => {
      response.end(sound());
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return (server.address() as AddressInfo).port;
  }
  const warningsOf = async (callId: string) => {
    const { rows } = await sql<{ warnings: string[] }>`
      select warnings from call_recording where call_id = ${callId}`.execute(database.db);
    return rows[0]!.warnings;
  };

  test('is refused at first', async () => {
    const port = await secureServer();
    const run = await fetcher(['media.lan']);
    const callId = await makeCall(await makeConnection(), `https://media.lan:${port}/`);
    await expect(run(callId)).rejects.toMatchObject({ code: 'recording.untrusted', retry: 'soon' });
  });

  test('is believed under an authority of one’s own, for its own name only', async () => {
    const port = await secureServer();
    const run = await fetcher(['media.lan', 'wrong.lan']);
    const connectionId = await makeConnection();
    for (const host of ['media.lan', 'wrong.lan']) {
      await put(connectionId, host, { tls: { mode: 'own-ca', ca: certificate!.cert } });
    }
    const callId = await makeCall(connectionId, `https://media.lan:${port}/`);
    await run(callId);
    expect(await warningsOf(callId)).toEqual([]);
    await expect(run(await makeCall(connectionId, `https://wrong.lan:${port}/`))).rejects.toMatchObject({
      code: 'recording.untrusted',
    });
  });

  test('is believed unchecked where the operator says so, and every recording tells', async () => {
    const port = await secureServer();
    const run = await fetcher(['media.lan', 'other.lan']);
    const connectionId = await makeConnection();
    await put(connectionId, 'media.lan', { tls: { mode: 'insecure' } });
    const callId = await makeCall(connectionId, `https://media.lan:${port}/`);
    await run(callId);
    expect(await warningsOf(callId)).toEqual([
      expect.stringContaining('Whatever certificate media.lan shows'),
    ]);
    // a connection made without looking serves nobody else
    await expect(run(await makeCall(connectionId, `https://other.lan:${port}/`))).rejects.toMatchObject({
      code: 'recording.untrusted',
    });
  });
});
