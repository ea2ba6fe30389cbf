import { expect, onTestFinished, test } from 'vitest';
import { createSafeFetch } from '../../src/lib/safe-fetch.ts';
import type { FindHostRules } from '../../src/lib/safe-fetch-host-rules.ts';
import { mediaServer } from './media-server.ts';
import { nameServer } from './name-server.ts';

/** In the global range of IPv6, belonging to nobody since 2006 (RFC 3701). */
const nobody = '3ffe::1';
/** The port of the loopback server must not be what refuses. */
const anyPort: FindHostRules = () => ({ openPort: true, trust: 'system', credential: null });
const request = { findHostRules: anyPort };

async function setUp(answers: Record<string, string[][]>, allowHosts: string[] = []) {
  const names = await nameServer(answers);
  const safeFetch = createSafeFetch({ allowHosts, connectSeconds: 0.5, resolve: names.resolve });
  onTestFinished(() => safeFetch.close());
  return { names, safeFetch };
}

test('row 122: a name that is public when it is asked first and loopback ever after is never called there', async () => {
  const secret = await mediaServer((_request, response) => response.end('secret'));
  const { names, safeFetch } = await setUp({ 'rebind.example': [[nobody], ['127.0.0.1']] });
  const url = `http://rebind.example:${secret.port}/`;
  // the first dial goes to the address that was checked, where nobody is, and asks no second time
  await expect(safeFetch(url, request)).rejects.toMatchObject({ reason: 'unreachable' });
  expect(names.asked('rebind.example')).toBe(1);
  await expect(safeFetch(url, request)).rejects.toMatchObject({ reason: 'blocked-address' });
  expect(secret.connections()).toBe(0);
});

test('row 122: nor where a redirect leads to such a name', async () => {
  const secret = await mediaServer((_request, response) => response.end('secret'));
  const first = await mediaServer((_request, response) => {
    response.writeHead(302, { location: `http://rebind.example:${secret.port}/` }).end();
  });
  const answers = { 'media.lan': [['127.0.0.1']], 'rebind.example': [['127.0.0.1']] };
  const { safeFetch } = await setUp(answers, ['media.lan']);
  const fetched = safeFetch(`http://media.lan:${first.port}/`, request);
  await expect(fetched).rejects.toMatchObject({ reason: 'blocked-address' });
  expect(secret.connections()).toBe(0);
});

test('row 123: of public and private addresses in one answer, only the public one is dialled', async () => {
  const secret = await mediaServer((_request, response) => response.end('secret'));
  const { safeFetch } = await setUp({ 'mixed.example': [['127.0.0.1', nobody]] });
  const fetched = safeFetch(`http://mixed.example:${secret.port}/`, request);
  await expect(fetched).rejects.toMatchObject({ reason: 'unreachable' });
  expect(secret.connections()).toBe(0);
});

test('rows 117, 118: localhost, localhost. and a metadata name are judged by what they resolve to', async () => {
  const { safeFetch } = await setUp({
    localhost: [['127.0.0.1']],
    'metadata.google.internal': [['169.254.169.254']],
  });
  for (const name of ['localhost', 'localhost.', 'metadata.google.internal']) {
    await expect(safeFetch(`http://${name}/`)).rejects.toMatchObject({ reason: 'blocked-address' });
  }
});

test('row 146: of a dual-stack name whose IPv6 leads nowhere, IPv4 is taken', async () => {
  const server = await mediaServer((_request, response) => response.end('there'));
  const { safeFetch } = await setUp({ 'dual.lan': [['127.0.0.1', '::1']] }, ['dual.lan']);
  expect(await (await safeFetch(`http://dual.lan:${server.port}/`)).text()).toBe('there');
});
