import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { listConnections as route } from '../../src/contract/connections.ts';
import { getConnection, listConnections } from '../../src/report/connection-list.ts';
import { databaseForTest } from '../support/database.ts';
import { buildCall, buildConnection, buildEvent, insert } from './build-calls.ts';

const deps = { ingestUrl: (id: string) => `https://aria.example/v1/events/${id}` };

test('a connection with its counts, last event and working keys', async () => {
  const { db } = await databaseForTest();
  const id = await buildConnection(db, { name: 'Main' });
  const call = await buildCall(db, id);
  await buildEvent(db, call, { arrival: 2, received_at: '2025-07-07T10:00:00Z' });
  await buildEvent(db, call, { arrival: 1, received_at: '2025-07-07T11:00:00Z', status: 'quarantined' });
  const key = (name: string, expires_at: string | null) =>
    insert(db, 'connection_key', {
      id: name,
      connection_id: id,
      hash: Buffer.from(name),
      hint: 'ab',
      expires_at,
    });
  await key('key_1', null);
  await key('key_2', '2999-01-01T00:00:00Z');
  await key('key_3', '2020-01-01T00:00:00Z');

  const body = await getConnection(db, id, deps);
  expect(body).toMatchObject({
    name: 'Main',
    event_count: 2,
    event_count_estimated: false,
    quarantined_count: 1,
    refused_count: 0,
    last_event_at: '2025-07-07T10:00:00.000Z',
    url: `https://aria.example/v1/events/${id}`,
  });
  expect(body?.keys.map(({ id: keyId, expires_at }) => [keyId, expires_at])).toEqual([
    ['key_1', null],
    ['key_2', '2999-01-01T00:00:00.000Z'],
  ]);
  expect(await getConnection(db, 'con_none', deps)).toBeNull();
});

test('pages go by name', async () => {
  const { db } = await databaseForTest();
  for (const name of ['Zeta', 'alpha', 'Beta', 'beta', 'Émile']) await buildConnection(db, { name });
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listConnections(db, { limit: 2, cursor }, deps);
    expect(route.response.parse(page)).toEqual(page);
    names.push(...page.items.map(({ name }) => name));
    cursor = page.next ?? undefined;
  } while (cursor);
  expect(names.toSorted()).toEqual(['Beta', 'Zeta', 'alpha', 'beta', 'Émile'].toSorted());
  expect(new Set(names).size).toBe(5);
});

test('in a large store, events are estimated and marked so', async () => {
  const { db } = await databaseForTest();
  const [large, small] = [await buildConnection(db, { name: 'A' }), await buildConnection(db, { name: 'B' })];
  for (const [id, count] of [
    [large, 60],
    [small, 20],
  ] as const) {
    const call = await buildCall(db, id);
    for (let i = 0; i < count; i++) await buildEvent(db, call, { arrival: i });
  }
  await sql`analyze event`.execute(db);
  const { items } = await listConnections(db, { limit: 10 }, { ...deps, countableRows: 50 });
  expect(items.map((item) => item.event_count_estimated)).toEqual([true, true]);
  expect(Math.abs(items[0]!.event_count - 60)).toBeLessThanOrEqual(5);
  expect(Math.abs(items[1]!.event_count - 20)).toBeLessThanOrEqual(5);
});
