import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectionSecretBody } from '../../src/contract/connections.ts';
import type { EventBody } from '../../src/contract/events.ts';
import { json } from '../support/json.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ roles: ['serve'] });
});
afterAll(() => world.stop());

const list = async (connection: ConnectionSecretBody, query = '') =>
  (await world.api<{ items: EventBody[] }>(`/v1/events?connection_id=${connection.connection_id}${query}`))
    .items;

async function request(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: never }> {
  const response = await fetch(world.url + path, {
    method,
    headers: {
      authorization: `Bearer ${world.key}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as never };
}

test('the log under filters: kind, warnings, test, period, call id', async () => {
  const connection = await world.connect();
  await world.send(connection, { call_instance_id: 'a', duration: 10 });
  await world.send(connection, { call_instance_id: 'b', duration: 'x', sale_count: 1 });
  await world.send(connection, { call_instance_id: 'c', duration: 10, aria_test: true });
  await world.send(connection, { duration: 10 });
  const ids = async (query: string) =>
    (await list(connection, query)).map((e) => e.call_instance_id).toReversed();
  expect(await ids('')).toEqual(['a', 'b', 'c', null]);
  expect(await ids('&kind=disposition')).toEqual(['b']);
  expect(await ids('&warnings=any')).toContain('b');
  expect(await ids('&warnings=none')).not.toContain('b');
  expect(await ids('&test=only')).toEqual(['c']);
  expect(await ids('&test=exclude')).toEqual(['a', 'b', null]);
  expect(await ids('&status=quarantined')).toEqual([null]);
  expect(await ids('&call_instance_id=a')).toEqual(['a']);
  const today = new Date().toISOString().slice(0, 10);
  expect(await ids(`&from=${today}&to=${today}`)).toHaveLength(4);
  expect(await ids('&to=2020-01-01')).toEqual([]);
  expect((await request('GET', '/v1/events?from=yesterday')).status).toBe(400);
});

test('the event that a receipt names, by its id', async () => {
  const connection = await world.connect();
  const receipt = await json(await world.send(connection, { call_instance_id: 'one', duration: '1:05' }));
  expect(await request('GET', `/v1/events/${receipt.id}`)).toMatchObject({
    status: 200,
    body: { id: receipt.id, call_instance_id: 'one', fields: { duration: '65' } },
  });
  expect((await request('GET', '/v1/events/evt_none')).status).toBe(404);
  const stranger = await fetch(`${world.url}/v1/events/${receipt.id}`);
  expect(await stranger.json()).toMatchObject({ status: 'alive' });
});

test('the test event is written in the order of dates that the mapping has', async () => {
  const connection = await world.connect();
  const base = `/v1/connections/${connection.connection_id}`;
  await request('PUT', `${base}/mapping`, { aliases: {}, constants: {}, date_order: 'day-first' });
  await expect
    .poll(async () => {
      const { body } = await request('POST', `${base}/test-event`, {});
      return (body as { event: EventBody }).event.fields.call_date ?? null;
    })
    .not.toBeNull();
  const [latest] = await list(connection);
  expect(latest!.warnings).toEqual([]);
});

describe('export', () => {
  const download = (path: string) =>
    fetch(world.url + path, { headers: { authorization: `Bearer ${world.key}` } });

  test('CSV and NDJSON of everything under the filter, over many pages, safe in a spreadsheet', async () => {
    const connection = await world.connect();
    await world.send(connection, { call_instance_id: '=cmd()', buyer_name: '@SUM(A1)', duration: 'x' });
    const events = Array.from({ length: 450 }, (_, i) => ({ call_instance_id: `e${i}`, duration: i + 1 }));
    const response = await fetch(`${world.url}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': connection.api_key },
      body: JSON.stringify(events.map((e) => ({ ...e, connection_id: connection.connection_id }))),
    });
    expect(response.status).toBe(202);

    const path = `/v1/events/export?connection_id=${connection.connection_id}`;
    const csv = await download(path);
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="aria-events.csv"');
    const lines = (await csv.text()).trim().split('\r\n');
    expect(lines).toHaveLength(452);
    expect(lines[0]).toMatch(/^id,received_at,connection_id,call_instance_id/);
    expect(lines.at(-1)).toContain("'=cmd()");
    expect(lines.at(-1)).toContain("'@SUM(A1)");
    expect(lines.at(-1)).toContain('duration unreadable_value');
    expect(lines.filter((line) => line.startsWith('id,'))).toHaveLength(1);

    const ndjson = (await (await download(`${path}&format=ndjson`)).text()).trim().split('\n');
    expect(ndjson).toHaveLength(451);
    expect(new Set(ndjson.map((line) => JSON.parse(line).id)).size).toBe(451);
    expect(JSON.parse(ndjson.at(-1)!).body).not.toContain(connection.api_key);

    const none = await (await download(`${path}&call_instance_id=none`)).text();
    expect(none.trim().split('\r\n')).toHaveLength(1);
  });

  test('needs a key, and tells a wrong filter as such', async () => {
    expect((await fetch(`${world.url}/v1/events/export`)).status).toBe(401);
    expect((await download('/v1/events/export?from=x')).status).toBe(400);
    expect((await download('/v1/events/export?format=xlsx')).status).toBe(400);
  });
});

test('one event is read again by the settings in force now', async () => {
  const connection = await world.connect({ time_zone: 'America/Chicago' });
  const sent = await json(
    await world.send(connection, { call_instance_id: 'r1', duration: 5, call_date: '2025-07-07 12:00:00' }),
  );
  await world.send(connection, { call_instance_id: 'r2', duration: 5, call_date: '2025-07-07 12:00:00' });
  await request('PATCH', `/v1/connections/${connection.connection_id}`, { time_zone: 'America/New_York' });
  const again = await request('POST', `/v1/events/${sent.id}/replay`);
  expect(again).toMatchObject({
    status: 200,
    body: {
      changed: true,
      recovered: false,
      event: { id: sent.id, fields: { call_date: '2025-07-07T16:00:00.000Z' } },
    },
  });
  expect((await world.findCall(connection, 'r1'))!.call_date).toMatch(/^2025-07-07T12:00:00-04:00|T16:00:00/);
  // the other was not asked for
  const [other] = await list(connection, '&call_instance_id=r2');
  expect(other!.fields.call_date).toBe('2025-07-07T17:00:00.000Z');
  expect((await request('POST', `/v1/events/${sent.id}/replay`)).body).toMatchObject({ changed: false });
  expect((await request('POST', '/v1/events/evt_none/replay')).status).toBe(404);
});

describe('test events', () => {
  type Sent = { answer: { id: string; status: string; is_test: boolean; call_id: string }; event: EventBody };
  const send = (connection: ConnectionSecretBody, body: unknown = {}) =>
    world.api<Sent>(`/v1/connections/${connection.connection_id}/test-event`, { body });

  test('row 113: come in as from the platform, each a new call, and stay out of lists and reports', async () => {
    const connection = await world.connect();
    const [one, two] = [await send(connection), await send(connection)];
    expect(one.answer).toMatchObject({ status: 'accepted', is_test: true, warnings: [] });
    expect(one.event).toMatchObject({
      id: one.answer.id,
      status: 'accepted',
      is_test: true,
      kind: 'disposition',
      fields: { caller_id: '+12125550123', duration: '78' },
    });
    expect(two.answer.call_id).not.toBe(one.answer.call_id);
    const calls = await world.api<{ items: unknown[] }>(
      `/v1/calls?connection_id=${connection.connection_id}`,
    );
    expect(calls.items).toEqual([]);
    const report = await world.api<{ rows: unknown[] }>(
      `/v1/reports/breakdown?by=publisher&connection_id=${connection.connection_id}`,
    );
    expect(report.rows).toEqual([]);
  });

  test('data of one’s own is answered as the webhook would', async () => {
    const connection = await world.connect();
    const faulty = await send(connection, { data: { duration: 'long' } });
    expect(faulty.answer).toMatchObject({ type: '/problems/missing_call_instance_id', status: 422 });
    expect(faulty.event).toMatchObject({ status: 'quarantined', is_test: true });
    expect(JSON.parse(faulty.event.body)).toEqual({ duration: 'long', aria_test: 'true' });
  });

  test('row 113: can be removed, with their call; what platforms sent cannot', async () => {
    const connection = await world.connect();
    const { answer } = await send(connection);
    expect(await request('DELETE', `/v1/test-events/${answer.id}`)).toEqual({
      status: 200,
      body: { id: answer.id, call_id: answer.call_id, call_removed: true },
    });
    expect((await request('GET', `/v1/calls/${answer.call_id}`)).status).toBe(404);
    expect((await request('DELETE', `/v1/test-events/${answer.id}`)).status).toBe(404);

    const real = await json(await world.send(connection, { call_instance_id: 'k', duration: 5 }));
    expect(await request('DELETE', `/v1/test-events/${real.id}`)).toMatchObject({
      status: 409,
      body: { type: '/problems/not_a_test' },
    });
    expect(await list(connection)).toHaveLength(1);
    expect((await fetch(`${world.url}/v1/test-events/${real.id}`, { method: 'DELETE' })).status).toBe(401);
    // the address of the webhook takes no DELETE
    expect((await request('DELETE', `/v1/events/${connection.connection_id}`)).status).toBe(405);
  });

  test('one among real events leaves the call as these say', async () => {
    const connection = await world.connect();
    await world.send(connection, { call_instance_id: 'm', duration: 5, buyer_name: 'Real' });
    const { answer } = await send(connection, { data: { call_instance_id: 'm', buyer_name: 'Test' } });
    expect((await request('DELETE', `/v1/test-events/${answer.id}`)).body).toMatchObject({
      call_removed: false,
    });
    expect(await world.findCall(connection, 'm')).toMatchObject({ buyer_name: 'Real', event_count: 1 });
  });
});
