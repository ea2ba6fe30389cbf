import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BodyRead, readBody } from '../../src/receive/read-body.ts';

const limits = { maxBytes: 100_000, maxMilliseconds: 400 };
let server: Server;
let port: number;
const reads: ((read: BodyRead) => void)[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const read = await readBody(request, limits);
    reads.shift()?.(read);
    response.writeHead('fault' in read ? read.fault.status : 200, { connection: 'close' }).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Sends raw bytes over a socket, in parts, and tells how the body was read. */
async function send(headers: Record<string, string>, parts: Buffer[], end = true): Promise<BodyRead> {
  const read = new Promise<BodyRead>((resolve) => reads.push(resolve));
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`POST / HTTP/1.1\r\nhost: x\r\n${lines.join('')}\r\n`);
  for (const part of parts) socket.write(part);
  if (!end) setTimeout(() => socket.destroy(), 50);
  const result = await read;
  socket.destroy();
  return result;
}

function whole(body: Buffer, encoding?: string): Promise<BodyRead> {
  const headers: Record<string, string> = { 'content-length': String(body.length) };
  if (encoding !== undefined) headers['content-encoding'] = encoding;
  return send(headers, [body]);
}

function chunk(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
}

const body = Buffer.from(JSON.stringify({ call_instance_id: 'A1', text: 'x'.repeat(5_000) }));

test('a plain body comes whole, however it is cut into chunks', async () => {
  expect(await whole(body)).toEqual({ body });
  const parts = [body.subarray(0, 10), body.subarray(10, 4_000), body.subarray(4_000)].map(chunk);
  expect(await send({ 'transfer-encoding': 'chunked' }, [...parts, Buffer.from('0\r\n\r\n')])).toEqual({
    body,
  });
});

test.each([
  ['gzip', gzipSync(body)],
  ['deflate', deflateSync(body)],
  ['deflate', deflateRawSync(body)],
  ['br', brotliCompressSync(body)],
  [' GZIP ', gzipSync(body)],
  ['identity', body],
  ['', gzipSync(body)],
])('row 15: Content-Encoding %s is undone', async (encoding, bytes) => {
  expect(await whole(bytes, encoding)).toEqual({ body });
});

test.each([
  ['gzip', gzipSync(Buffer.alloc(50_000_000))],
  ['br', brotliCompressSync(Buffer.alloc(50_000_000))],
])('row 16: a %s bomb stops at the limit', async (encoding, bytes) => {
  expect(bytes.length).toBeLessThan(limits.maxBytes);
  expect(await whole(bytes, encoding)).toMatchObject({
    fault: { status: 413, code: 'body_too_large', bytes: null },
  });
});

test.each([
  ['gzip, gzip', gzipSync(gzipSync(body))],
  ['gzip', body],
  ['gzip', gzipSync(body).subarray(0, 30)],
  ['deflate', body],
  ['zip', body],
])(
  'row 17: Content-Encoding %s that cannot be undone is refused, its bytes handed on',
  async (encoding, bytes) => {
    expect(await whole(bytes, encoding)).toMatchObject({
      fault: { status: 400, code: 'bad_encoding', bytes: Buffer.from(bytes) },
    });
  },
);

test('rows 21, 22: too large, with and without a length', async () => {
  const large = Buffer.alloc(limits.maxBytes + 1, 'x');
  expect(await send({ 'content-length': String(large.length) }, [])).toMatchObject({
    fault: { status: 413 },
  });
  expect(await send({ 'transfer-encoding': 'chunked' }, [chunk(large)])).toMatchObject({
    fault: { status: 413 },
  });
  expect(await whole(large.subarray(1))).toEqual({ body: large.subarray(1) });
});

test('row 23: a body that never ends is given up', async () => {
  expect(await send({ 'content-length': '100' }, [Buffer.from('{')])).toMatchObject({
    fault: { status: 408, code: 'body_too_slow' },
  });
});

test('a connection that closes too early yields no body', async () => {
  expect(await send({ 'content-length': '100' }, [Buffer.from('{')], false)).toMatchObject({
    fault: { status: 400, code: 'body_cut_off' },
  });
});
