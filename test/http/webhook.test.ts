import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentedEvent } from '../../bench/documented-event.ts';
import type { CallBody } from '../../src/contract/calls.ts';
import type { ConnectionSecretBody } from '../../src/contract/connections.ts';
import type { EventBody } from '../../src/contract/events.ts';
import { callFields } from '../../src/domain/call-fields.ts';
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

const key = () => ({ connectionId: connection.connection_id, apiKey: connection.api_key });

describe('the contract, as documented', () => {
  test('all fields come back typed right', async () => {
    const event = {
      ...documentedEvent(key(), 'contract-1'),
      recording: 'https://recordings.example.com/1.mp3',
    };
    const response = await world.send(connection, event);
    expect(response.status).toBe(202);
    expect(await json(response)).toMatchObject({ status: 'accepted', warnings: [] });
    const call = await world.findCall(connection, 'contract-1');
    expect(call).toMatchObject({
      connection_id: connection.connection_id,
      call_instance_id: 'contract-1',
      buyer_name: 'Harborstone Plumbing',
      client_id: 2101,
      call_date: '2025-07-07T13:59:05-04:00',
      caller_id: '+12125550186',
      campaign_id: 'CMP101',
      campaign_name: 'Plumbing New York',
      campaign_tracking_id: 'TRK-922b53',
      connected_call_length: 65,
      converted: true,
      duration: 78,
      end_call_source: 'Caller',
      inbound_number_state: 'NY',
      is_duplicate: false,
      cost: '0.35',
      publisher_sub_id: 'BLU-184',
      publisher_name: 'Blue Heron Media',
      recording: 'https://recordings.example.com/1.mp3',
      referrer_url: 'https://plumbers.example/landing?src=radio',
      revenue: '48.00',
      subsource: 'radio',
      target_did: '+18885550101',
      target_name: 'Harborstone - Main',
      target_sub_id: 'T2101-1',
      time_to_call: 3,
      time_to_connect: 13,
      zip_code: '10001',
      data_source: 'webhook',
      vertical: 'home_services',
      sale_amount: '350.5',
      sale_count: 1,
      client_lead_id: 'L90816',
      branch_name: 'Queens',
      affiliate_payout: '38.00',
      extra: {},
      reported: {
        converted: true,
        sale_amount: '350.5',
        sale_count: 1,
        revenue: '48.00',
        affiliate_payout: '38.00',
      },
    });
    expect(JSON.stringify(call)).not.toContain(connection.api_key);
  });

  test('a form body with everything as text gives the same call', async () => {
    const event = documentedEvent(key(), 'contract-form');
    const response = await fetch(`${world.url}/v1/events`, {
      method: 'POST',
      body: new URLSearchParams(
        Object.entries(event).map(([name, value]): [string, string] => [name, String(value)]),
      ),
    });
    expect(response.status).toBe(202);
    const [json, form] = await Promise.all([
      world.findCall(connection, 'contract-1'),
      world.findCall(connection, 'contract-form'),
    ]);
    const identity = ['id', 'call_instance_id', 'first_event_at', 'last_event_at', 'recording', 'stages'];
    const rest = (call: object) =>
      Object.fromEntries(Object.entries(call).filter(([name]) => !identity.includes(name)));
    expect(rest(form!)).toEqual(rest(json!));
  });

  test('null where the contract allows it is unknown', async () => {
    await world.send(connection, {
      call_instance_id: 'nulls',
      sale_amount: null,
      sale_count: null,
      client_lead_id: null,
    });
    expect(await world.findCall(connection, 'nulls')).toMatchObject({
      sale_amount: null,
      sale_count: null,
      client_lead_id: null,
    });
  });
});

describe('merging', () => {
  test('row 98: blanks never erase, later known values replace', async () => {
    await world.send(connection, documentedEvent(key(), 'merge-1'));
    const before = await world.findCall(connection, 'merge-1');
    const blanks = Object.fromEntries(callFields.map((field) => [field, '']));
    const answer = await world.send(connection, { ...blanks, call_instance_id: 'merge-1', note: 'x' });
    expect(await json(answer)).toMatchObject({ status: 'accepted', warnings: [] });
    const after = await world.findCall(connection, 'merge-1');
    expect({ ...after, event_count: 1, last_event_at: before!.last_event_at, extra: {} }).toEqual(before);

    await world.send(connection, {
      call_instance_id: 'merge-1',
      converted: 'False',
      publisher_name: 'Renamed',
    });
    expect(await world.findCall(connection, 'merge-1')).toMatchObject({
      converted: false,
      publisher_name: 'Renamed',
      buyer_name: 'Harborstone Plumbing',
      event_count: 3,
    });
  });

  test('row 100: a late "incoming" with a duration of 0 does not overwrite the completed call', async () => {
    await world.send(connection, {
      call_instance_id: 'late',
      duration: '78',
      connected_call_length: '65',
      end_call_source: 'Caller',
    });
    const late = await world.send(connection, {
      call_instance_id: 'late',
      event: 'incoming',
      duration: '0',
      zip_code: '10001',
    });
    expect(late.status).toBe(202);
    const call = await world.findCall(connection, 'late');
    expect(call).toMatchObject({ duration: 78, connected_call_length: 65, zip_code: '10001' });
  });

  test('which event gave which value is known', async () => {
    const first = await json(
      await world.send(connection, { call_instance_id: 'sources', duration: '10', buyer_name: 'A' }),
    );
    const second = await json(await world.send(connection, { call_instance_id: 'sources', buyer_name: 'B' }));
    const call = await world.api<CallBody>(`/v1/calls/${first.call_id}`);
    expect(call.sources).toMatchObject({ duration: first.id, buyer_name: second.id });
  });

  test('forty events of one call at once, from which every value arrives', async () => {
    const events = Array.from({ length: 40 }, (_, i) => ({
      call_instance_id: 'storm',
      [`custom_${i}`]: `v${i}`,
    }));
    const answers = await Promise.all(events.map((event) => world.send(connection, event)));
    expect(answers.map((answer) => answer.status)).toEqual(events.map(() => 202));
    const call = await world.findCall(connection, 'storm');
    expect(Object.keys(call!.extra)).toHaveLength(40);
    expect(call!.event_count).toBe(40);
  });
});

describe('exact repeats', () => {
  test('the same bytes many times at once are one event', async () => {
    const event = documentedEvent(key(), 'repeat');
    const answers = await Promise.all(Array.from({ length: 10 }, () => world.send(connection, event)));
    const bodies = await Promise.all(answers.map(json));
    expect(new Set(bodies.map((body) => body.id)).size).toBe(1);
    expect(new Set(bodies.map((body) => body.call_id)).size).toBe(1);
    expect(bodies.map((body) => body.status).sort()).toEqual(['accepted', ...Array(9).fill('duplicate')]);
    expect((await world.findCall(connection, 'repeat'))!.event_count).toBe(1);
    const { items } = await world.api<{ items: EventBody[] }>(`/v1/events?call_id=${bodies[0]!.call_id}`);
    expect(items.map((item) => item.deliveries)).toEqual([10]);
  });

  test('ids that differ in a trailing zero are different calls', async () => {
    for (const id of ['1700000000.10', '1700000000.1']) {
      const answer = await json(await world.send(connection, { call_instance_id: id, publisher_name: 'P' }));
      expect(answer.status).toBe('accepted');
      expect(await world.findCall(connection, id)).not.toBeNull();
    }
    const again = { call_instance_id: 'amount', revenue: '12.50' };
    await world.send(connection, again);
    expect((await json(await world.send(connection, { ...again, revenue: 12.5 }))).status).toBe('duplicate');
  });

  test('an event that was kept without being used is no repeat when it is sent again', async () => {
    const own = await world.connect();
    const post = (body: object) =>
      fetch(`${world.url}/v1/events`, {
        method: 'POST',
        headers: { 'x-api-key': own.api_key, 'content-type': 'application/json' },
        body: JSON.stringify({ call_instance_id: 'mended', ...body }),
      });
    expect((await post({})).status).toBe(422);
    expect(await json(await post({ connection_id: own.connection_id }))).toMatchObject({
      status: 'accepted',
    });
    expect(await world.findCall(own, 'mended')).not.toBeNull();
  });
});

describe('keys', () => {
  const post = (init: { path?: string; headers?: Record<string, string>; body: object }) =>
    fetch(`${world.url}${init.path ?? '/v1/events'}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...init.headers },
      body: JSON.stringify(init.body),
    });

  test('in the header or the query, connection in the path', async () => {
    const { connection_id, api_key } = connection;
    const places: Parameters<typeof post>[0][] = [
      { headers: { authorization: `Bearer ${api_key}` }, body: { connection_id, call_instance_id: 'k1' } },
      {
        headers: { 'x-api-key': api_key },
        path: `/v1/events/${connection_id}`,
        body: { call_instance_id: 'k2' },
      },
      { path: `/v1/events/${connection_id}?api_key=${api_key}`, body: { call_instance_id: 'k3' } },
    ];
    for (const place of places) expect((await post(place)).status).toBe(202);
  });

  test('rows 39, 40: wrong key, unknown connection, other connection: the same 401, nothing stored, counted', async () => {
    const other = await world.connect();
    const wrong = [
      { api_key: `ak_${'x'.repeat(43)}`, connection_id: connection.connection_id, call_instance_id: 'no' },
      { api_key: connection.api_key, connection_id: 'con_unknown', call_instance_id: 'no' },
      { api_key: connection.api_key, connection_id: other.connection_id, call_instance_id: 'no' },
      { connection_id: connection.connection_id, call_instance_id: 'no' },
    ];
    const answers = await Promise.all(wrong.map((body) => post({ body })));
    const bodies = await Promise.all(answers.map((answer) => answer.text()));
    expect(answers.map((answer) => answer.status)).toEqual([401, 401, 401, 401]);
    expect(new Set(bodies).size).toBe(1);
    expect(answers[0]!.headers.get('content-type')).toContain('application/problem+json');
    expect(await world.findCall(connection, 'no')).toBeNull();
  });

  test('a rotated key works beside the new one for the overlap, and not without one', async () => {
    const own = await world.connect();
    const fresh = await world.api<ConnectionSecretBody>(`/v1/connections/${own.connection_id}/keys`, {
      body: { overlap_hours: 1 },
    });
    expect((await world.send(own, { call_instance_id: 'old key' })).status).toBe(202);
    expect((await world.send(fresh, { call_instance_id: 'new key' })).status).toBe(202);
    const last = await world.api<ConnectionSecretBody>(`/v1/connections/${own.connection_id}/keys`, {
      body: { overlap_hours: 0 },
    });
    expect((await world.send(last, { call_instance_id: 'newest key' })).status).toBe(202);
    await expect.poll(async () => (await world.send(own, { call_instance_id: 'too late' })).status).toBe(401);
  });

  test('templates can be had at any time, with a placeholder for the key that nobody keeps', async () => {
    const own = await world.connect();
    const path = `/v1/connections/${own.connection_id}/templates`;
    const { templates } = await world.api<Pick<ConnectionSecretBody, 'templates'>>(path);
    const text = JSON.stringify(templates);
    expect(text).toContain(own.connection_id);
    expect(text).not.toContain(own.api_key);
    expect(JSON.parse(text.replaceAll('YOUR_API_KEY', own.api_key))).toEqual(own.templates);
    await expect(world.api('/v1/connections/con_none/templates')).rejects.toThrow('404');
  });

  test('row 45: the key is in no stored byte, wherever it was pasted', async () => {
    await world.send(connection, {
      call_instance_id: 'pasted',
      referrer_url: `https://example.com/?k=${connection.api_key}`,
      custom: { nested: connection.api_key },
      converted: connection.api_key,
    });
    const { rows } = await sql<{ found: number }>`
      select count(*)::int as found from event
      where position(${Buffer.from(connection.api_key)}::bytea in body) > 0
        or query like ${`%${connection.api_key}%`} or fields::text like ${`%${connection.api_key}%`}
        or extra::text like ${`%${connection.api_key}%`} or warnings::text like ${`%${connection.api_key}%`}`.execute(
      world.db,
    );
    expect(rows[0]!.found).toBe(0);
  });
});

describe('what cannot be used is kept and explained', () => {
  const raw = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${world.url}/v1/events/${connection.connection_id}`, {
      method: 'POST',
      headers: { 'x-api-key': connection.api_key, 'content-type': 'application/json', ...headers },
      body,
    });

  async function kept(id: string): Promise<EventBody | undefined> {
    const { items } = await world.api<{ items: EventBody[] }>(
      `/v1/events?connection_id=${connection.connection_id}&status=quarantined&limit=500`,
    );
    return items.find((item) => item.id === id);
  }

  test('malformed JSON: 400 with the place, kept in quarantine', async () => {
    const response = await raw('{"call_instance_id": "bad", "buyer_name":"Joe "The Man" Inc"}');
    expect(response.status).toBe(400);
    const problem = await json(response);
    expect(problem).toMatchObject({ status: 400, type: '/problems/malformed_json' });
    expect((await kept(problem.id))?.body).toContain('The Man');
  });

  test('malformed JSON with the key inside it authenticates and is kept without the key', async () => {
    const response = await fetch(`${world.url}/v1/events`, {
      method: 'POST',
      body: `{"api_key":"${connection.api_key}","connection_id":"${connection.connection_id}","client_id": ,}`,
    });
    expect(response.status).toBe(400);
    const event = await kept((await json(response)).id);
    expect(event?.body).toContain('[api_key]');
    expect(event?.body).not.toContain(connection.api_key);
  });

  test('no call_instance_id: 422; a token instead of one: 400; both kept', async () => {
    const missing = await raw('{"buyer_name":"A","Lead Ref":"7"}');
    expect(missing.status).toBe(422);
    const told = (await missing.json()) as { id: string; detail: string };
    expect(told.detail).toContain('It names "buyer_name", "Lead Ref".');
    expect(await kept(told.id)).toMatchObject({ status: 'quarantined' });
    const token = await raw('{"call_instance_id":"[Call:InboundCallId]"}');
    expect(token.status).toBe(400);
    expect(await kept((await json(token)).id)).toMatchObject({ call_instance_id: null });
  });

  test('too large: 413 and nothing kept', async () => {
    const response = await raw(JSON.stringify({ call_instance_id: 'big', note: 'x'.repeat(1_100_000) }));
    expect(response.status).toBe(413);
    expect(await world.findCall(connection, 'big')).toBeNull();
  });

  test('a field that cannot be read leaves a warning, with the answer and with the event', async () => {
    const response = await raw(
      JSON.stringify({ call_instance_id: 'warned', revenue: 'NaN', converted: 'maybe' }),
    );
    expect(response.status).toBe(202);
    const receipt = await json(response);
    expect(receipt.warnings.map((w) => w.field).sort()).toEqual(['converted', 'revenue']);
    const call = await world.findCall(connection, 'warned');
    expect(call).toMatchObject({ revenue: null, converted: null });
    expect(call!.warnings.map((w) => w.field).sort()).toEqual(['converted', 'revenue']);
  });

  test('several events in one array: an answer each, each a call', async () => {
    const response = await raw(
      JSON.stringify([{ call_instance_id: 'a1' }, { buyer_name: 'none' }, { call_instance_id: 'a2' }]),
    );
    expect(response.status).toBe(202);
    const { items } = await json(response);
    expect(items.map((item) => item.status)).toEqual(['accepted', 422, 'accepted']);
    expect(await world.findCall(connection, 'a2')).not.toBeNull();
  });
});

describe('the address itself', () => {
  test('row 4: a browser that looks sees that it is alive; no event is made', async () => {
    const response = await fetch(`${world.url}/v1/events`);
    expect(response.status).toBe(200);
    expect(await json(response)).toMatchObject({ status: 'alive' });
    expect((await fetch(`${world.url}/v1/events`, { method: 'HEAD' })).status).toBe(200);
  });

  test('row 4: a GET that describes a call without a key is refused, not taken for a look', async () => {
    const query = `connection_id=${connection.connection_id}&call_instance_id=keyless&duration=78`;
    expect((await fetch(`${world.url}/v1/events?${query}`)).status).toBe(401);
    expect((await fetch(`${world.url}/v1/events?token=${connection.api_key}&${query}`)).status).toBe(401);
    expect((await fetch(`${world.url}/v1/events?utm_source=mail`)).status).toBe(200);
  });

  test('row 1: a GET with its data in a body is an event', async () => {
    const body = JSON.stringify({ ...key(), call_instance_id: 'get-body' });
    const raw = await openRaw(world.url);
    raw.write(
      `GET /v1/events HTTP/1.1\r\nHost: aria\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    expect((await raw.answer()).status).toBe(202);
    raw.socket.destroy();
    expect(await world.findCall(connection, 'get-body')).not.toBeNull();
  });

  test('row 1: a GET with everything in the query is an event, not cached', async () => {
    const query = new URLSearchParams({
      api_key: connection.api_key,
      connection_id: connection.connection_id,
      call_instance_id: 'by-get',
      duration: '78',
    });
    const response = await fetch(`${world.url}/v1/events?${query}`);
    expect(response.status).toBe(202);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await world.findCall(connection, 'by-get')).toMatchObject({ duration: 78 });
  });

  test('DELETE: 405 with Allow', async () => {
    const response = await fetch(`${world.url}/v1/events`, { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toContain('POST');
  });
});

test('row 116: a paused connection keeps events without using them', async () => {
  const own = await world.connect();
  await world.api(`/v1/connections/${own.connection_id}`, { method: 'PATCH', body: { state: 'paused' } });
  await expect
    .poll(async () => (await json(await world.send(own, { call_instance_id: `p${Math.random()}` }))).status)
    .toBe('skipped');
});
