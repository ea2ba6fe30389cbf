import { once } from 'node:events';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSafeFetch } from './safe-fetch.ts';
import { asFetch } from './safe-fetch-as-fetch.ts';

const server = createServer(async (request, response) => {
  const body = await buffer(request);
  if (request.url === '/busy') return void response.writeHead(429).end('slow down');
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify({ method: request.method, type: request.headers['content-type'], body: String(body) }),
  );
});
let origin: string;
let guarded: ReturnType<typeof createSafeFetch>;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  origin = `http://127.0.0.1:${port}`;
  guarded = createSafeFetch({ allowHosts: [`127.0.0.1:${port}`] });
});
afterAll(async () => {
  await guarded.close();
  server.close();
});

test('sends what fetch would send and gives back what fetch would give', async () => {
  const fetch = asFetch(guarded, { totalSeconds: 5 });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${origin}/x`, { method: 'POST', headers, body: '{"a":1}' });
  expect(await answer.json()).toEqual({ method: 'POST', type: 'application/json', body: '{"a":1}' });
  const busy = await fetch(`${origin}/busy`);
  expect([busy.status, await busy.text()]).toEqual([429, 'slow down']);
});

test('stays guarded', async () => {
  const closed = createSafeFetch({ allowHosts: [] });
  await expect(asFetch(closed, { totalSeconds: 5 })(`${origin}/x`)).rejects.toMatchObject({
    reason: 'blocked-address',
  });
  await closed.close();
});
