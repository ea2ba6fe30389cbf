import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { request as send } from 'undici';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createSafeFetch, type SafeFetchSettings } from '../../src/lib/safe-fetch.ts';
import { createGuardedAgent } from '../../src/lib/safe-fetch-dial.ts';
import { makeCertificate } from './make-certificate.ts';
import { mediaServer } from './media-server.ts';

function client(settings: Partial<SafeFetchSettings> = {}) {
  const safeFetch = createSafeFetch({ allowHosts: ['127.0.0.1'], connectSeconds: 2, ...settings });
  onTestFinished(() => safeFetch.close());
  return safeFetch;
}

async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'aria-fetch-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** In the global range of IPv6, belonging to nobody since 2006 (RFC 3701). */
const nobody = { address: '3ffe::1', family: 6 };
const loopback = { address: '127.0.0.1', family: 4 };

describe('where it may not go', () => {
  test.each([
    'http://127.0.0.1/',
    'http://127.1:8080/',
    'http://[::ffff:7f00:1]/',
    'https://169.254.169.254/latest/',
  ])('rows 117-119: %s is not called', async (url) => {
    await expect(client({ allowHosts: [] })(url)).rejects.toMatchObject({ reason: 'blocked-address' });
  });

  test.each(['localhost', 'localhost.', 'metadata.google.internal', 'harmless.example'])(
    'rows 117, 118: the name %s is judged by its address',
    async (name) => {
      const resolve = async () => [
        { address: name.startsWith('meta') ? '169.254.169.254' : '127.0.0.1', family: 4 },
      ];
      const safeFetch = client({ allowHosts: [], resolve });
      await expect(safeFetch(`http://${name}/`)).rejects.toMatchObject({ reason: 'blocked-address' });
    },
  );

  test('row 122: a name that changes its mind after the check is not asked again', async () => {
    const server = await mediaServer((_request, response) => response.end('secret'));
    const answers = [[nobody], [loopback]];
    let asked = 0;
    const resolve = async () => answers[Math.min(asked++, 1)]!;
    const agent = createGuardedAgent({ allowed: () => false, connectSeconds: 0.5, resolve });
    onTestFinished(() => agent.destroy());
    await expect(send(`http://rebind.example:${server.port}/`, { dispatcher: agent })).rejects.toThrow();
    expect(asked).toBe(1);
    await expect(send(`http://rebind.example:${server.port}/`, { dispatcher: agent })).rejects.toMatchObject({
      reason: 'blocked-address',
    });
    expect(server.connections()).toBe(0);
  });

  test('row 123: of public and private addresses of one name, the private ones are left out', async () => {
    const server = await mediaServer((_request, response) => response.end('secret'));
    const resolve = async () => [loopback, nobody];
    const agent = createGuardedAgent({ allowed: () => false, connectSeconds: 0.5, resolve });
    onTestFinished(() => agent.destroy());
    await expect(send(`http://mixed.example:${server.port}/`, { dispatcher: agent })).rejects.toThrow();
    expect(server.connections()).toBe(0);
  });

  test('a name that nobody knows is unresolvable', async () => {
    const resolve = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
    await expect(client({ resolve })('http://nowhere.example/')).rejects.toMatchObject({
      reason: 'unresolvable',
    });
  });

  test('a host that the operator named may be private and use any port, by its name only', async () => {
    const server = await mediaServer((_request, response) => response.end('ours'));
    const resolve = async () => [loopback];
    const safeFetch = client({ allowHosts: [`media.lan:${server.port}`], resolve });
    expect(await (await safeFetch(`http://media.lan:${server.port}/`)).text()).toBe('ours');
    await expect(safeFetch('http://media.lan/')).rejects.toMatchObject({ reason: 'blocked-address' });
    await expect(safeFetch(server.url)).rejects.toMatchObject({ reason: 'blocked-address' });
  });

  test('row 146: a broken IPv6 route falls back to IPv4', async () => {
    const server = await mediaServer((_request, response) => response.end('there'));
    const resolve = async () => [{ address: '::1', family: 6 }, loopback];
    const safeFetch = client({ allowHosts: ['dual.lan'], resolve });
    expect(await (await safeFetch(`http://dual.lan:${server.port}/`)).text()).toBe('there');
  });
});

describe('row 121: redirects', () => {
  const redirecting = (to: (path: string) => string) =>
    mediaServer((request, response) => {
      response.writeHead(302, { location: to(request.url ?? '/') }).end();
    });

  test('are followed', async () => {
    const server = await mediaServer((request, response) => {
      if (request.url === '/end') return response.end('sound');
      return response.writeHead(301, { location: request.url === '/' ? 'middle' : '/end' }).end();
    });
    expect(await (await client()(server.url)).text()).toBe('sound');
  });

  test.each([
    ['http://169.254.169.254/latest/meta-data/', 'blocked-address'],
    ['http://[::1]:9/', 'blocked-address'],
    ['file:///etc/passwd', 'bad-url'],
    ['http://public.example:25/', 'blocked-port'],
  ])('to %s are refused', async (location, reason) => {
    const server = await redirecting(() => location);
    await expect(client()(server.url)).rejects.toMatchObject({ reason });
  });

  test('in a loop, or thirty in a row, end after five', async () => {
    const loop = await redirecting((path) => path);
    await expect(client()(loop.url)).rejects.toMatchObject({ reason: 'bad-redirect' });
    expect(loop.requests).toHaveLength(6);
    const chain = await redirecting((path) => `/${Number(path.slice(1)) + 1}`);
    await expect(client()(`${chain.url}/0`)).rejects.toMatchObject({ reason: 'bad-redirect' });
  });

  test('do not carry credentials to another server', async () => {
    const other = await mediaServer((_request, response) => response.end('sound'));
    const first = await redirecting(() => other.url);
    const [user, host] = ['me:secret', first.host];
    await client()(`http://${user}@${host}/`, { headers: { 'X-Api-Key': 'k' } });
    expect(first.requests[0]?.headers).toMatchObject({
      authorization: `Basic ${btoa(user)}`,
      'x-api-key': 'k',
    });
    expect(other.requests[0]?.headers).not.toHaveProperty('authorization');
    expect(other.requests[0]?.headers).not.toHaveProperty('x-api-key');
  });
});

describe('limits', () => {
  const kilobyte = Buffer.alloc(1024, 'a');

  test('row 127: a length above the cap is refused before the body', async () => {
    const server = await mediaServer((_request, response) => {
      response.writeHead(200, { 'content-length': '2000000000' }).write(kilobyte);
    });
    await expect(client()(server.url, { maxBytes: 1_000_000 })).rejects.toMatchObject({
      reason: 'too-large',
    });
  });

  test('row 128: a stream without end is cut at the cap, and no part of it stays', async () => {
    const server = await mediaServer((_request, response) => {
      const more = () => {
        while (response.write(kilobyte));
      };
      response.on('drain', more);
      more();
    });
    const answer = await client()(server.url, { maxBytes: 1_000_000 });
    const path = join(await folder(), 'draft');
    await expect(answer.save(path)).rejects.toMatchObject({ reason: 'too-large' });
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });

  test('row 128: a stream that trickles is too slow', async () => {
    const server = await mediaServer((_request, response) => {
      const timer = setInterval(() => response.write('a'), 20);
      response.on('close', () => clearInterval(timer));
    });
    const answer = await client()(server.url, { stallSeconds: 0.2, minimumBytesPerSecond: 1_000 });
    await expect(answer.bytes()).rejects.toMatchObject({ reason: 'too-slow' });
  });

  test('row 128: whatever its pace, the total time ends it', async () => {
    const server = await mediaServer((_request, response) => {
      const timer = setInterval(() => response.write(kilobyte), 10);
      response.on('close', () => clearInterval(timer));
    });
    const answer = await client()(server.url, { totalSeconds: 0.3 });
    await expect(answer.bytes()).rejects.toMatchObject({ reason: 'timeout' });
  });

  test('a server that never answers times out', async () => {
    const server = await mediaServer(() => undefined);
    await expect(client()(server.url, { totalSeconds: 0.2 })).rejects.toMatchObject({ reason: 'timeout' });
  });

  test('the caller can stop it, before the answer and within', async () => {
    const silent = await mediaServer(() => undefined);
    const reason = new Error('shutting down');
    const stop = new AbortController();
    const waiting = client()(silent.url, { signal: stop.signal });
    setTimeout(() => stop.abort(reason), 50);
    await expect(waiting).rejects.toBe(reason);

    const endless = await mediaServer((_request, response) => response.write('a'));
    const stopBody = new AbortController();
    const answer = await client()(endless.url, { signal: stopBody.signal });
    setTimeout(() => stopBody.abort(reason), 50);
    await expect(answer.bytes()).rejects.toBe(reason);
  });

  test.each([
    ['gzip', gzipSync],
    ['br', (bytes: Buffer) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })],
  ] as const)('row 129: a %s bomb is counted unpacked', async (encoding, pack) => {
    const bomb = pack(Buffer.alloc(20_000_000));
    expect(bomb.length).toBeLessThan(100_000);
    const server = await mediaServer((_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(bomb);
    });
    const answer = await client()(server.url, { maxBytes: 1_000_000 });
    await expect(answer.bytes()).rejects.toMatchObject({ reason: 'too-large' });
  });

  test('row 129: a server that packs unasked is understood; what cannot be unpacked is said', async () => {
    const packed = gzipSync('sound');
    const server = await mediaServer((request, response) => {
      if (request.url === '/odd') return response.writeHead(200, { 'content-encoding': 'zstd2' }).end('x');
      if (request.url === '/bad')
        return response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip');
      const half = request.url === '/half' ? packed.subarray(0, -4) : packed;
      return response.writeHead(200, { 'content-encoding': 'gzip' }).end(half);
    });
    const safeFetch = client();
    expect(await (await safeFetch(server.url)).text()).toBe('sound');
    const read = async (path: string) => (await safeFetch(server.url + path)).bytes();
    await expect(read('/odd')).rejects.toMatchObject({ reason: 'bad-encoding' });
    await expect(read('/bad')).rejects.toMatchObject({ reason: 'bad-encoding' });
    await expect(read('/half')).rejects.toMatchObject({ reason: 'incomplete' });
  });

  test.each(['short', 'reset', 'chunked'])(
    'row 130: a body that ends early (%s) is not taken for whole',
    async (how) => {
      const server = await mediaServer((request, response) => {
        if (how === 'short') response.writeHead(200, { 'content-length': '5000' });
        response.write(kilobyte);
        setTimeout(() => (how === 'reset' ? request.socket.resetAndDestroy() : request.socket.destroy()), 30);
      });
      const path = join(await folder(), 'draft');
      const answer = await client()(server.url);
      await expect(answer.save(path)).rejects.toMatchObject({ reason: 'incomplete' });
      await expect(stat(path)).rejects.toThrow('ENOENT');
    },
  );
});

describe('answers', () => {
  test('a body goes to a file', async () => {
    const content = Buffer.alloc(3_000_000, 'sound');
    const server = await mediaServer((_request, response) => response.end(content));
    const path = join(await folder(), 'draft');
    expect(await (await client()(server.url)).save(path)).toBe(content.length);
    expect(content.equals(await readFile(path))).toBe(true);
    expect((await stat(path)).mode & 0o077).toBe(0);
  });

  test.each([
    [404, {}, null],
    [429, { 'retry-after': '7' }, 7],
    [503, { 'retry-after': 'Wed, 01 Jan 2200 00:00:00 GMT' }, null],
    [304, {}, null],
  ])(
    'row 137: %d is a fault with its status, its patience and its words',
    async (status, headers, seconds) => {
      const server = await mediaServer((_request, response) => {
        response.writeHead(status, headers).end('<Error><Code>AccessDenied</Code></Error>');
      });
      const before = Date.now();
      const fault = await client()(`${server.url}/calls/+13125550100.mp3?sig=abc`).catch((error) => error);
      expect(fault).toMatchObject({ reason: 'status', answer: { status } });
      if (status !== 304) expect(fault.answer.excerpt).toContain('AccessDenied');
      if (seconds) expect(fault.answer.retryAfter.getTime()).toBeGreaterThanOrEqual(before + seconds * 1000);
      if (status === 503) expect(fault.answer.retryAfter).toEqual(new Date('2200-01-01T00:00:00Z'));
    },
  );

  test('rows 124, 148: no fault tells path, query or password', async () => {
    const server = await mediaServer((_request, response) => response.writeHead(404).end());
    const fault = await client()(`http://me:hidden@${server.host}/+13125550100.mp3?sig=abc`).catch((e) => e);
    expect(`${fault.stack}${JSON.stringify(fault)}`).not.toMatch(/hidden|3125550100|sig=abc/);
  });

  test('what was not given is not guessed: no server, no HTTP', async () => {
    const server = await mediaServer((request) => request.socket.end('SSH-2.0-OpenSSH\r\n'));
    await expect(client()(server.url)).rejects.toMatchObject({ reason: 'unreachable' });
    await expect(client()('http://127.0.0.1:1/')).rejects.toMatchObject({ reason: 'unreachable' });
  });

  test('an answer that is dropped ends its connection', async () => {
    let closed = () => {};
    const closing = new Promise<void>((done) => {
      closed = done;
    });
    const server = await mediaServer((request, response) => {
      request.socket.on('close', closed);
      response.write('endless');
    });
    (await client()(server.url)).drop();
    await closing;
  });

  test('a form is posted as multipart, JSON as it is', async () => {
    const bodies: string[] = [];
    const server = await mediaServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      bodies.push(`${request.method} ${request.headers['content-type']}\n${body}`);
      response.end('{"text":"hello"}');
    });
    const form = new FormData();
    form.set('model', 'whisper-1');
    form.set('file', new Blob(['RIFF']), 'call.wav');
    const safeFetch = client();
    await safeFetch(server.url, { method: 'POST', body: form });
    const headers = { 'content-type': 'application/json' };
    const answer = await safeFetch(server.url, { method: 'POST', headers, body: '{"a":1}' });
    expect(JSON.parse(await answer.text())).toEqual({ text: 'hello' });
    expect(bodies[0]).toMatch(/^POST multipart\/form-data; boundary=/);
    expect(bodies[0]).toContain('filename="call.wav"');
    expect(bodies[0]).toContain('whisper-1');
    expect(bodies[1]).toBe('POST application/json\n{"a":1}');
  });
});

const certificate = makeCertificate();

describe.runIf(certificate)('row 145: a certificate', () => {
  const secureServer = async () => {
    const server = createServer({ key: certificate!.key, cert: certificate!.cert }, (_request, response) => {
      response.end('sound');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return (server.address() as AddressInfo).port;
  };
  const resolve = async () => [loopback];
  const allowHosts = ['media.lan', 'other.lan'];

  test('that nobody vouches for, or for another host, is refused', async () => {
    const port = await secureServer();
    await expect(client({ resolve, allowHosts })(`https://media.lan:${port}/`)).rejects.toMatchObject({
      reason: 'tls',
    });
    const trusting = client({ resolve, allowHosts, trust: { ca: certificate!.cert } });
    await expect(trusting(`https://other.lan:${port}/`)).rejects.toMatchObject({ reason: 'tls' });
    expect(await (await trusting(`https://media.lan:${port}/`)).text()).toBe('sound');
  });
});
