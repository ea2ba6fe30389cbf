import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConnectionSecretBody } from '../../src/contract/connections.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
let connection: ConnectionSecretBody;

beforeAll(async () => {
  world = await startWorld({ roles: ['serve'] });
  connection = await world.connect({ name: 'first' });
});
afterAll(() => world.stop());

async function ask(method: string, path: string, body?: unknown) {
  const response = await fetch(world.url + path, {
    method,
    headers: { authorization: `Bearer ${world.key}`, 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const answer = (await response.json()) as { detail?: string; errors?: { field: string }[] };
  return { status: response.status, detail: answer.detail ?? '', fields: answer.errors?.map((e) => e.field) };
}

test('a connection cannot take the name of another one, but may keep its own', async () => {
  const other = await world.connect({ name: 'second' });
  const rename = (name: string) => ask('PATCH', `/v1/connections/${other.connection_id}`, { name });
  expect(await rename('first')).toMatchObject({ status: 409, detail: expect.stringContaining('this name') });
  expect((await rename('second')).status).toBe(200);
});

test.each([
  ['time_zone', '+05:00', 'IANA'],
  ['currency', 'XYZ', 'ISO 4217'],
  ['default_country', 'ZZ', 'ISO 3166'],
  ['scorecard', 'nope', 'Known: aca'],
  ['name', 'a\0b', 'NUL'],
  ['scorecrad', 'solar', 'Known: name, platform, time_zone'],
])('settings: a wrong %s (%j) is named when made and when changed', async (field, value, words) => {
  const settings = { name: 'third', platform: 'ringba', time_zone: 'UTC', [field]: value };
  for (const answer of [
    await ask('POST', '/v1/connections', settings),
    await ask('PATCH', `/v1/connections/${connection.connection_id}`, { [field]: value }),
  ]) {
    expect(answer).toMatchObject({ status: 400, fields: [field], detail: expect.stringContaining(words) });
  }
});

test.each([
  ['/v1/calls?publisher=x', 'publisher', 'Known: connection_id'],
  ['/v1/reports/breakdown?group_by=buyer', 'group_by', 'Known: by'],
  ['/v1/events/export?fmt=csv', 'fmt', 'format'],
  ['/v1/session?x=1', 'x', 'Known: none'],
  ['/v1/calls?publisher_name=a%00b', 'publisher_name', 'NUL'],
  ['/v1/calls/a%00b', 'id', 'NUL'],
  ['/v1/calls/a%00b/audio', 'id', 'NUL'],
])('%s names %s', async (path, field, words) => {
  const answer = await ask('GET', path);
  expect(answer).toMatchObject({ status: 400, fields: [field], detail: expect.stringContaining(words) });
});

test('nested fields are held to the same, fields of the caller are free', async () => {
  const path = `/v1/connections/${connection.connection_id}`;
  const preview = await ask('POST', `${path}/mapping/preview`, { mapping: { aliases: {}, alias: {} } });
  expect(preview).toMatchObject({ status: 400, fields: ['mapping.alias'] });
  const event = await ask('POST', `${path}/test-event`, { data: { call_instance_id: 'c-1', my_own: 'x' } });
  expect(event.status).toBe(201);
});
