import { expect, test } from 'vitest';
import { listEvents as route } from '../../src/contract/events.ts';
import { listEvents } from '../../src/report/event-list.ts';
import { databaseForTest } from '../support/database.ts';
import { buildCall, buildConnection, buildEvent } from './build-calls.ts';

test('events of all connections in the order of their arrival, page by page', async () => {
  const { db } = await databaseForTest();
  const calls = [];
  for (let i = 0; i < 3; i++) calls.push(await buildCall(db, await buildConnection(db)));
  const stored: string[] = [];
  for (let i = 0; i < 17; i++) stored.push(await buildEvent(db, calls[(i * 7) % 3]!, { arrival: 1_000 + i }));

  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listEvents(db, { limit: 5, cursor });
    expect(route.response.parse(page)).toEqual(page);
    seen.push(...page.items.map((event) => event.id));
    cursor = page.next ?? undefined;
    await buildEvent(db, calls[0]!, { arrival: 5_000 + seen.length });
  } while (cursor);
  expect(seen).toEqual(stored.toReversed());
});

test('an event is shown as received and as read, with its call', async () => {
  const { db } = await databaseForTest();
  const connection = await buildConnection(db);
  const call = await buildCall(db, connection);
  await buildEvent(db, call, {
    body: Buffer.concat([Buffer.from('{"zip_code":"é'), Buffer.from([0xff])]),
    content_type: 'application/json',
    fields: '{"zip_code":"90210"}',
  });
  await buildEvent(db, call, { call_instance_id: null, status: 'quarantined', kind: null, arrival: 1 });

  const { items } = await listEvents(db, { limit: 10 });
  expect(items[0]).toMatchObject({
    call_id: call.id,
    received_at: '2025-07-07T18:00:00.000Z',
    body: '{"zip_code":"é\uFFFD',
    fields: { zip_code: '90210' },
    status: 'accepted',
  });
  expect(items[1]).toMatchObject({
    call_id: null,
    call_instance_id: null,
    kind: null,
    status: 'quarantined',
  });
});

test('filters by connection, call and status', async () => {
  const { db } = await databaseForTest();
  const [one, two] = [await buildConnection(db), await buildConnection(db)];
  const call = await buildCall(db, one, { call_instance_id: 'same' });
  const namesake = await buildCall(db, two, { call_instance_id: 'same' });
  const mine = await buildEvent(db, call);
  const theirs = await buildEvent(db, namesake);
  const skipped = await buildEvent(db, call, { status: 'skipped' });
  const ids = async (query: object) =>
    (await listEvents(db, { limit: 10, ...query })).items.map(({ id }) => id).sort();

  expect(await ids({ connection_id: two })).toEqual([theirs]);
  expect(await ids({ call_id: call.id })).toEqual([mine, skipped].sort());
  expect(await ids({ status: 'skipped' })).toEqual([skipped]);
  expect(await ids({ call_id: 'call_none' })).toEqual([]);
  await expect(ids({ call_id: '\0' })).rejects.toMatchObject({ field: 'call_id' });
  await expect(ids({ cursor: 'nonsense' })).rejects.toMatchObject({ field: 'cursor' });
});

test('a giant body is cut, so that a page stays small', async () => {
  const { db } = await databaseForTest();
  const call = await buildCall(db, await buildConnection(db));
  await buildEvent(db, call, { body: Buffer.alloc(300_000, 'x') });
  expect((await listEvents(db, { limit: 1 })).items[0]?.body).toHaveLength(65_536);
});
