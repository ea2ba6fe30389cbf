import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConnectionSecretBody } from '../../src/contract/connections.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
let connection: ConnectionSecretBody;
let other: ConnectionSecretBody;
beforeAll(async () => {
  world = await startWorld({ roles: ['serve'] });
  connection = await world.connect();
  other = await world.connect();
});
afterAll(() => world.stop());

let calls = 0;
async function statusWith(headers: Record<string, string>): Promise<number> {
  const body = JSON.stringify({ call_instance_id: `header-${calls++}` });
  const response = await fetch(`${world.url}/v1/events`, { method: 'POST', headers, body });
  return response.status;
}

const basic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

test('row 41: key and connection in headers, by every name that platforms let their users set', async () => {
  const { api_key, connection_id } = connection;
  const ways: Record<string, string>[] = [
    ...['x-api-key', 'api-key', 'api_key', 'apikey'].map((name) => ({
      [name]: api_key,
      'x-connection-id': connection_id,
    })),
    ...['x-connection-id', 'connection-id', 'connection_id'].map((name) => ({
      'x-api-key': api_key,
      [name]: connection_id,
    })),
    { authorization: `Bearer ${api_key}`, 'x-connection-id': connection_id },
    { authorization: `Token ${api_key}`, 'x-connection-id': connection_id },
    { authorization: api_key, 'x-connection-id': connection_id },
    { authorization: basic(connection_id, api_key) },
    { authorization: basic(api_key, ''), 'x-connection-id': connection_id },
    { authorization: basic('aria', api_key), 'x-connection-id': connection_id },
  ];
  for (const headers of ways) expect(await statusWith(headers), Object.keys(headers).join()).toBe(202);
});

test('rows 40, 42: a header that names another connection or brings no key is refused', async () => {
  const { api_key, connection_id } = connection;
  expect(await statusWith({ 'x-api-key': api_key, 'x-connection-id': other.connection_id })).toBe(401);
  expect(await statusWith({ authorization: basic(other.connection_id, api_key) })).toBe(401);
  expect(await statusWith({ authorization: basic(connection_id, 'secret') })).toBe(401);
  expect(await statusWith({ authorization: 'Basic !!!', 'x-connection-id': connection_id })).toBe(401);
  const split = await fetch(`${world.url}/v1/events/${connection_id}`, {
    method: 'POST',
    headers: { 'x-api-key': api_key, 'x-connection-id': other.connection_id },
    body: JSON.stringify({ call_instance_id: 'x' }),
  });
  expect(split.status).toBe(401);
});
