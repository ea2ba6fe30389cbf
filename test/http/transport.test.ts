import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectionSecretBody } from '../../src/contract/connections.ts';
import { json } from '../support/json.ts';
import { startWorld, type World } from '../support/world.ts';
import { openRaw } from './raw-http.ts';

let world: World;
let connection: ConnectionSecretBody;
beforeAll(async () => {
  world = await startWorld({ roles: ['serve'] });
  connection = await world.connect();
});
afterAll(() => world.stop());

const event = (callInstanceId: string, more: object = {}) =>
  JSON.stringify({
    api_key: connection.api_key,
    connection_id: connection.connection_id,
    call_instance_id: callInstanceId,
    ...more,
  });

function post(body: string | Buffer | null, headers: Record<string, string> = {}, path = '/v1/events') {
  return fetch(world.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' || body === null ? body : new Uint8Array(body),
  });
}

/** The head of a POST, for bodies that are sent by hand. */
const head = (headers: Record<string, string | number>) =>
  `POST /v1/events HTTP/1.1\r\nHost: aria\r\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`;

async function quarantined(id: string) {
  const { rows } = await sql<{ status: string; body: Buffer }>`
    select status, body from event where id = ${id}`.execute(world.db);
  return rows[0];
}

const mebibytes100 = Buffer.alloc(100 << 20);

describe('compressed bodies (rows 15-17)', () => {
  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync, 'without the header of zlib'],
    ['br', brotliCompressSync],
  ])('%s is undone', async (encoding, compress, more = '') => {
    const id = `compressed ${encoding} ${more}`.trim();
    expect((await post(compress(event(id)), { 'content-encoding': encoding })).status).toBe(202);
    expect(await world.findCall(connection, id)).not.toBeNull();
  });

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('a bomb of %s, 100 MiB when undone: 413, and the connection is closed', async (encoding, compress) => {
    const bomb = compress(mebibytes100);
    const raw = await openRaw(world.url);
    raw.write(head({ 'content-encoding': encoding, 'content-length': bomb.length }));
    raw.write(bomb);
    const answer = await raw.answer();
    expect(answer).toMatchObject({
      status: 413,
      headers: { 'content-type': expect.stringContaining('application/problem+json') },
    });
    await raw.closed;
  });

  test('twice compressed, or not at all though the header says so: 400, kept', async () => {
    const keys = { 'x-api-key': connection.api_key };
    const twice = gzipSync(gzipSync(event('twice')));
    for (const [body, encoding] of [
      [twice, 'gzip, gzip'],
      [Buffer.from(event('plain')), 'gzip'],
    ] as const) {
      const answer = await post(body, { ...keys, 'content-encoding': encoding });
      expect(answer.status).toBe(400);
      const problem = await json(answer);
      expect(problem.type).toBe('/problems/bad_encoding');
      expect(await quarantined(problem.id)).toMatchObject({ status: 'quarantined' });
    }
  });
});

describe('headers that name no format', () => {
  test.each([
    '',
    'json',
    'garbage;;;==',
    'application/json, application/json',
    'application/json; charset=utf8; ;',
    'multipart/form-data',
    '"application/json"',
  ])('rows 8, 11: the Content-Type %j does not keep an event out', async (type) => {
    const id = `typed <${type}>`;
    const body = event(id);
    const socket = await openRaw(world.url);
    socket.write(head({ 'Content-Type': type, 'Content-Length': body.length, Connection: 'close' }) + body);
    expect((await socket.answer()).status).toBe(202);
    const { rows } = await sql<{ content_type: string }>`
      select content_type from event where call_instance_id = ${id}`.execute(world.db);
    expect(rows).toEqual([{ content_type: type }]);
  });

  test('rows 8, 11: no Content-Type at all', async () => {
    const body = event('untyped');
    const socket = await openRaw(world.url);
    socket.write(head({ 'Content-Length': body.length, Connection: 'close' }) + body);
    expect((await socket.answer()).status).toBe(202);
  });
});

describe('an address as people type it', () => {
  test.each(['/v1/events/', '//v1/events', '/v1//events//'])('%s takes events', async (path) => {
    expect((await post(event(`at ${path}`), {}, path)).status).toBe(202);
  });

  test('one that cannot be decoded is a problem like any other', async () => {
    const answer = await post(event('undecodable'), {}, '/v1/events/%zz?api_key=secret');
    const problem = await answer.text();
    expect([answer.status, JSON.parse(problem)]).toMatchObject([400, { type: '/problems/bad_request' }]);
    expect(problem).not.toContain('secret');
  });
});

describe('where the data stands (rows 18-20)', () => {
  test('row 18: nothing anywhere: 400; kept only when the key came in a header', async () => {
    const known = await post(
      null,
      { 'x-api-key': connection.api_key },
      `/v1/events/${connection.connection_id}`,
    );
    expect(known.status).toBe(400);
    expect(await quarantined((await json(known)).id)).toMatchObject({ body: Buffer.alloc(0) });
    expect((await post(null)).status).toBe(401);
  });

  test('row 19: an empty body with all in the query is like a GET', async () => {
    const query = new URLSearchParams(JSON.parse(event('query only')));
    expect((await post(null, {}, `/v1/events?${query}`)).status).toBe(202);
  });

  test('row 20: key in the query, data in the body; the body wins; another identity is refused', async () => {
    const query = `?api_key=${connection.api_key}&connection_id=${connection.connection_id}&buyer_name=Query`;
    const split = await post(
      JSON.stringify({ call_instance_id: 'split', buyer_name: 'Body' }),
      {},
      `/v1/events${query}`,
    );
    expect(split.status).toBe(202);
    expect(await world.findCall(connection, 'split')).toMatchObject({ buyer_name: 'Body' });
    const other = await post(event('one'), {}, '/v1/events?call_instance_id=another');
    expect(other.status).toBe(400);
    expect((await json(other)).type).toBe('/problems/conflicting_identity');
  });
});

describe('too much, too slow, gone (rows 21-25)', () => {
  test('row 21: too long by its Content-Length: 413 before a byte of it is sent', async () => {
    const raw = await openRaw(world.url);
    raw.write(head({ 'content-length': 2_000_000 }));
    expect((await raw.answer()).status).toBe(413);
    await raw.closed;
  });

  test('a sender that sends all of a body too long, and only then listens, hears the 413', async () => {
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => post(event('big', { note: 'x'.repeat(3_000_000) }))),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array(5).fill(413));
  });

  test('so does one on a slow line, whose body comes in pieces long after it was refused', async () => {
    const raw = await openRaw(world.url);
    const pieces = Array.from({ length: 20 }, () => 'x'.repeat(100_000));
    raw.write(head({ 'content-length': 2_000_000 }));
    for (const piece of pieces) {
      raw.write(piece);
      await sleep(20);
    }
    expect(raw.socket.errored).toBeNull();
    expect((await raw.answer()).status).toBe(413);
    await raw.closed;
  });

  test('row 22: too long in chunks, without a length: 413, closed, nothing kept', async () => {
    const raw = await openRaw(world.url);
    raw.write(head({ 'transfer-encoding': 'chunked' }));
    const text = event('chunked', { note: 'x'.repeat(1_100_000) });
    for (let at = 0; at < text.length; at += 65_536) {
      const piece = text.slice(at, at + 65_536);
      raw.write(`${piece.length.toString(16)}\r\n${piece}\r\n`);
    }
    expect((await raw.answer()).status).toBe(413);
    await raw.closed;
    expect(await world.findCall(connection, 'chunked')).toBeNull();
  });

  test('chunks within the limit are an event', async () => {
    const raw = await openRaw(world.url);
    raw.write(head({ 'transfer-encoding': 'chunked' }));
    const text = event('small chunks');
    for (const char of text) raw.write(`1\r\n${char}\r\n`);
    raw.write('0\r\n\r\n');
    expect((await raw.answer()).status).toBe(202);
    raw.socket.destroy();
  });

  test('row 23: a byte a second: 408, and others are served meanwhile', async () => {
    const raw = await openRaw(world.url);
    raw.write(head({ 'content-length': 1_000 }));
    const drip = setInterval(() => raw.write(' '), 1_000);
    const answering = raw.answer();
    expect((await post(event('meanwhile'))).status).toBe(202);
    const answer = await answering;
    clearInterval(drip);
    expect(answer.status).toBe(408);
    await raw.closed;
  });

  test('row 24: the sender leaves before the answer: the event is kept, sent again it is a duplicate', async () => {
    const body = event('impatient');
    const raw = await openRaw(world.url);
    raw.socket.write(head({ 'content-length': body.length }) + body, () => raw.socket.destroy());
    await expect.poll(() => world.findCall(connection, 'impatient')).not.toBeNull();
    const again = await post(body);
    expect(again.status).toBe(200);
    expect(await json(again)).toMatchObject({ status: 'duplicate' });
  });

  test('the sender leaves in the middle of the body: nothing is kept, nobody is harmed', async () => {
    const body = event('cut off');
    const raw = await openRaw(world.url);
    raw.socket.write(head({ 'content-length': body.length }) + body.slice(0, -10), () =>
      raw.socket.destroy(),
    );
    await sleep(200);
    expect((await post(event('after the cut'))).status).toBe(202);
    expect(await world.findCall(connection, 'cut off')).toBeNull();
  });

  test('row 25: 10,000 fields and 100,000 levels: 413, kept', async () => {
    const fields = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`field_${i}`, String(i)]));
    const form = await post(new URLSearchParams(fields).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
      'x-api-key': connection.api_key,
    });
    expect(form.status).toBe(413);
    expect(await quarantined((await json(form)).id)).toMatchObject({ status: 'quarantined' });
    const nested = `${event('deep').slice(0, -1)},"deep":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const deep = await post(nested);
    expect(deep.status).toBe(413);
    expect((await json(deep)).type).toBe('/problems/too_deep');
  });
});

describe('keys (rows 39-44)', () => {
  test('wrong, missing, of another connection: one and the same 401', async () => {
    const other = await world.connect();
    const bodies = [
      event('x', { api_key: 'ak_wrong' }),
      event('x', { api_key: undefined }),
      event('x', { connection_id: 'con_unknown' }),
      event('x', { api_key: other.api_key }),
    ];
    const answers = await Promise.all(bodies.map(async (body) => (await post(body)).text()));
    expect(new Set(answers).size).toBe(1);
    expect(JSON.parse(answers[0]!)).toMatchObject({ status: 401 });
  });

  test('rows 41, 42: in a header; twice and different: 401', async () => {
    const bare = event('header', { api_key: undefined });
    expect((await post(bare, { authorization: `Bearer ${connection.api_key}` })).status).toBe(202);
    expect((await post(event('header 2'), { 'x-api-key': connection.api_key })).status).toBe(202);
    expect((await post(event('header 3'), { 'x-api-key': 'ak_other' })).status).toBe(401);
  });

  test('row 44: spaces and line ends around the key are trimmed; quotes are not', async () => {
    for (const [index, key] of [
      ` ${connection.api_key}`,
      `${connection.api_key}\n`,
      `${connection.api_key} \t`,
    ].entries()) {
      expect((await post(event(`spaces ${index}`, { api_key: key }))).status).toBe(202);
    }
    expect((await post(event('quotes', { api_key: `"${connection.api_key}"` }))).status).toBe(401);
  });

  test('row 43: the old key works during the overlap', async () => {
    const own = await world.connect();
    await world.api(`/v1/connections/${own.connection_id}/keys`, { body: { overlap_hours: 1 } });
    expect((await world.send(own, { call_instance_id: 'old' })).status).toBe(202);
  });
});

describe('what is no event (rows 46 and 48)', () => {
  test('row 46: unknown addresses: 404 as a problem', async () => {
    for (const path of [
      '/v1/nothing',
      '/v1/events/a/b',
      '/v2/events',
      '/.env',
      '/wp-login.php',
      '/v1/%2e%2e/%00',
    ]) {
      const answer = await post('{}', {}, path);
      expect([400, 404]).toContain(answer.status);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
  });

  test('row 46: an address of 1 MB: 414; headers of 1 MB: 431', async () => {
    const long = await openRaw(world.url);
    long.write(`GET /v1/events?${'x'.repeat(1 << 20)} HTTP/1.1\r\nHost: aria\r\n\r\n`);
    const answer = await long.answer();
    expect(answer).toMatchObject({
      status: 414,
      headers: { 'content-type': expect.stringContaining('application/problem+json') },
    });
    await long.closed;
    const wide = await openRaw(world.url);
    wide.write(`GET /v1/events HTTP/1.1\r\nHost: aria\r\nX-A: ${'x'.repeat(1 << 20)}\r\n\r\n`);
    expect((await wide.answer()).status).toBe(431);
  });

  test('bytes that are no HTTP: 400, closed', async () => {
    const raw = await openRaw(world.url);
    raw.write('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03');
    expect((await raw.answer()).status).toBe(400);
    await raw.closed;
  });

  test('row 48: a burst of 1,000 at once: every one accepted, none told to slow down', async () => {
    const answers = await Promise.all(Array.from({ length: 1_000 }, (_, i) => post(event(`burst-${i}`))));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([202]));
    await Promise.all(answers.map((answer) => answer.arrayBuffer()));
  });
});
