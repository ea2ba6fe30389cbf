import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConnectionSecretBody } from '../../src/contract/connections.ts';
import { openRaw } from '../http/raw-http.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
let connection: ConnectionSecretBody;
beforeAll(async () => {
  world = await startWorld({ roles: ['serve'] });
  connection = await world.connect();
});
afterAll(() => world.stop());

const query = (values: Record<string, string>) =>
  new URLSearchParams({ api_key: connection.api_key, connection_id: connection.connection_id, ...values });

async function countEvents(): Promise<number> {
  const { items } = await world.api<{ items: unknown[] }>('/v1/events?limit=500');
  return items.length;
}

test('row 2: HEAD with a call is an event; without one it is 200, and nothing is stored', async () => {
  const event = await fetch(`${world.url}/v1/events?${query({ call_instance_id: 'head', duration: '31' })}`, {
    method: 'HEAD',
  });
  expect([event.status, await event.text()]).toEqual([202, '']);
  expect(await world.findCall(connection, 'head')).toMatchObject({ duration: 31 });

  const before = await countEvents();
  const bare = await fetch(`${world.url}/v1/events`, { method: 'HEAD' });
  expect([bare.status, await bare.text()]).toEqual([200, '']);
  expect(await countEvents()).toBe(before);
});

test.each(['PUT', 'PATCH'])('row 3: %s is like POST', async (method) => {
  const answer = await fetch(`${world.url}/v1/events?${query({})}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ call_instance_id: method, duration: '78' }),
  });
  expect(answer.status).toBe(202);
  expect(await world.findCall(connection, method)).toMatchObject({ duration: 78 });
});

test.each(['DELETE', 'TRACE'])('row 3: %s is refused, with the methods that are allowed', async (method) => {
  const raw = await openRaw(world.url);
  raw.write(`${method} /v1/events?${query({ call_instance_id: method })} HTTP/1.1\r\nHost: aria\r\n\r\n`);
  const answer = await raw.answer();
  expect(answer.status).toBe(405);
  expect(answer.headers.allow).toContain('POST');
  expect(await world.findCall(connection, method)).toBeNull();
});

test('row 4: OPTIONS tells that the address is alive, and stores nothing', async () => {
  const before = await countEvents();
  const answer = await fetch(`${world.url}/v1/events`, { method: 'OPTIONS' });
  expect(answer.ok).toBe(true);
  expect(await countEvents()).toBe(before);
});

test('row 63: an amount is in the currency of its connection, which each call carries', async () => {
  const canadian = await world.connect({ currency: 'CAD', default_country: 'CA' });
  await world.send(canadian, { call_instance_id: 'cad', revenue: '$12.50' });
  await world.send(connection, { call_instance_id: 'usd', revenue: '$12.50' });
  expect(await world.findCall(canadian, 'cad')).toMatchObject({ revenue: '12.50', currency: 'CAD' });
  expect(await world.findCall(connection, 'usd')).toMatchObject({ revenue: '12.50', currency: 'USD' });
});
