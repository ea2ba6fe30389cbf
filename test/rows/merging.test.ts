import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { CallBody } from '../../src/contract/calls.ts';
import type { ConnectionSecretBody } from '../../src/contract/connections.ts';
import type { EventBody } from '../../src/contract/events.ts';
import { factsOnly } from '../../src/domain/stage.ts';
import { startArrivalClock } from '../../src/receive/arrival-clock.ts';
import { lookAgain } from '../../src/receive/second-look.ts';
import { json } from '../support/json.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
let connection: ConnectionSecretBody;
beforeAll(async () => {
  world = await startWorld({ roles: ['serve'] });
  connection = await world.connect();
});
afterAll(() => world.stop());

/** Sends an event that must be accepted. */
async function send(event: Record<string, unknown>, to = connection) {
  const response = await world.send(to, event);
  expect(response.status).toBe(202);
  return json(response);
}

const eventsOf = async (callId: string) =>
  (await world.api<{ items: EventBody[] }>(`/v1/events?call_id=${callId}`)).items;

async function stagesOf(callId: string) {
  const { rows } = await sql<{ stage: string; state: string; run: number; input: string | null }>`
    select stage, state, run, input from call_stage where call_id = ${callId} order by stage`.execute(
    world.db,
  );
  return rows;
}

/** As if the call had been transcribed and scored. */
const markScored = (callId: string) =>
  sql`insert into call_stage (call_id, stage, state) values (${callId}, 'score', 'done')`.execute(world.db);

test('row 94: one value changed is a new event, and both can be compared', async () => {
  const first = await send({ call_instance_id: 'r94', duration: '78', revenue: '10.00' });
  const second = await send({ call_instance_id: 'r94', duration: '78', revenue: '12.00' });
  expect(second.call_id).toBe(first.call_id);
  const revenues = (await eventsOf(first.call_id)).map((event) => [event.id, event.fields.revenue]);
  expect(Object.fromEntries(revenues)).toEqual({ [first.id]: '10.00', [second.id]: '12.00' });
  const call = await world.api<CallBody>(`/v1/calls/${first.call_id}`);
  expect(call).toMatchObject({ revenue: '12.00', sources: { revenue: second.id, duration: second.id } });
});

test('rows 95, 104: a disposition for a call that is not known waits as a call of its own, until completion joins it', async () => {
  const early = await send({ call_instance_id: 'r95', event: 'disposition', sale_amount: '450.00' });
  expect(await world.findCall(connection, 'r95')).toMatchObject({ sale_amount: '450.00', duration: null });
  expect(await stagesOf(early.call_id)).toEqual([]);
  // the same caller a minute later is no reason to join
  const near = await send({ call_instance_id: 'r95-other', duration: '78', caller_id: '+12125550123' });
  expect(near.call_id).not.toBe(early.call_id);
  const late = await send({ call_instance_id: 'r95', event: 'completed', duration: '78' });
  expect(late.call_id).toBe(early.call_id);
  expect(await world.findCall(connection, 'r95')).toMatchObject({ sale_amount: '450.00', duration: 78 });
});

test('row 96: a recording that comes before the completion is fetched at once, and once', async () => {
  const recording = 'https://recordings.example.com/r96.mp3';
  const { call_id } = await send({ call_instance_id: 'r96', event: 'recording', recording });
  const fetching = [{ stage: 'recording', state: 'waiting', run: 1, input: recording }];
  expect(await stagesOf(call_id)).toMatchObject(fetching);
  await send({ call_instance_id: 'r96', event: 'completed', duration: '78', recording });
  expect(await stagesOf(call_id)).toMatchObject(fetching);
});

test('row 97: a call that never completes is there, and its recording is worked on all the same', async () => {
  const { call_id } = await send({
    call_instance_id: 'r97',
    event: 'incoming',
    duration: '0',
    zip_code: '10001',
  });
  expect(await world.findCall(connection, 'r97')).toMatchObject({
    duration: 0,
    zip_code: '10001',
    outcome: null,
  });
  await send({ call_instance_id: 'r97', recording: 'https://recordings.example.com/r97.mp3' });
  expect(await stagesOf(call_id)).toMatchObject([{ stage: 'recording', state: 'waiting' }]);
});

test('row 99: no word for "nothing" clears a value; a new value replaces it', async () => {
  await send({ call_instance_id: 'r99', buyer_name: 'Acme', revenue: '48.00' });
  for (const nothing of [null, '', 'null', '-no-value-'])
    await send({ call_instance_id: 'r99', buyer_name: nothing, revenue: nothing, note: String(nothing) });
  expect(await world.findCall(connection, 'r99')).toMatchObject({ buyer_name: 'Acme', revenue: '48.00' });
  await send({ call_instance_id: 'r99', revenue: '0' });
  expect(await world.findCall(connection, 'r99')).toMatchObject({ revenue: '0' });
});

test('row 101: a conversion that is taken back: the latest word holds, the history stays, the call is scored again', async () => {
  const { call_id } = await send({ call_instance_id: 'r101', duration: '78', converted: 'True' });
  await markScored(call_id);
  await send({ call_instance_id: 'r101', converted: 'False' });
  expect(await world.findCall(connection, 'r101')).toMatchObject({ converted: false });
  const said = (await eventsOf(call_id)).map((event) => event.fields.converted);
  expect(said.sort()).toEqual([false, true]);
  expect(await stagesOf(call_id)).toMatchObject([{ stage: 'score', state: 'waiting', run: 2 }]);
});

test('row 103: a disposition forty days late is merged, and the call is scored again', async () => {
  const { call_id } = await send({ call_instance_id: 'r103', duration: '78' });
  await markScored(call_id);
  await sql`update call set first_event_at = now() - interval '40 days', last_event_at = now() - interval '40 days'
    where id = ${call_id}`.execute(world.db);
  await sql`update event set received_at = now() - interval '40 days', arrival = arrival - 3456000000000
    where call_instance_id = 'r103'`.execute(world.db);
  await send({ call_instance_id: 'r103', event: 'disposition', sale_amount: '450.00' });
  const call = await world.findCall(connection, 'r103');
  expect(call).toMatchObject({ duration: 78, sale_amount: '450.00', event_count: 2 });
  expect(await stagesOf(call_id)).toMatchObject([{ stage: 'score', state: 'waiting', run: 2 }]);
});

test('row 105: the same call id from two connections is two calls', async () => {
  const other = await world.connect();
  const one = await send({ call_instance_id: 'r105', duration: '78' });
  const two = await send({ call_instance_id: 'r105', duration: '12' }, other);
  expect(two.call_id).not.toBe(one.call_id);
  expect(await world.findCall(connection, 'r105')).toMatchObject({ duration: 78, event_count: 1 });
  expect(await world.findCall(other, 'r105')).toMatchObject({ duration: 12, event_count: 1 });
});

/** Of an event, after the second look; from the beginning, as by a process that died before it said how far it was. */
const warningsOf = async (id: string) => {
  await sql`update second_look set place = 0`.execute(world.db);
  // a moment ahead, since arrivals are counted by a clock that may be
  while (await lookAgain(world.db, -1_000));
  const { rows } = await sql<{ warnings: { code: string; message: string }[] }>`
    select warnings from event where id = ${id}`.execute(world.db);
  return rows[0]!.warnings;
};

test('row 88: ids that differ by case or braces are two calls, and the second is warned of', async () => {
  const first = await send({ call_instance_id: '{3F2504E0-4F89-11D3-9A0C-0305E82C3301}', duration: '10' });
  const second = await send({ call_instance_id: '3f2504e0-4f89-11d3-9a0c-0305e82c3301', duration: '12' });
  expect(second.call_id).not.toBe(first.call_id);
  expect(await warningsOf(second.id)).toEqual([
    expect.objectContaining({ code: 'similar_id', message: expect.stringContaining('{3F2504E0') }),
  ]);
  expect(await warningsOf(first.id)).toEqual([]);
  expect(await warningsOf(second.id)).toHaveLength(1);
});

test('row 106: an id that is used again stays one call, whose events show both, with a warning', async () => {
  const before = await send({
    call_instance_id: 'r106',
    call_date: '07/07/2025 01:00:00 PM',
    duration: '78',
  });
  const near = await send({ call_instance_id: 'r106', call_date: '07/13/2025 01:00:00 PM', duration: '70' });
  const far = await send({ call_instance_id: 'r106', call_date: '07/21/2025 01:00:00 PM', duration: '12' });
  expect(await world.findCall(connection, 'r106')).toMatchObject({
    call_date: '2025-07-21T13:00:00-04:00',
    duration: 12,
  });
  const dates = (await eventsOf(before.call_id)).map((event) => event.fields.call_date);
  expect(dates.sort()).toEqual([
    '2025-07-07T17:00:00.000Z',
    '2025-07-13T17:00:00.000Z',
    '2025-07-21T17:00:00.000Z',
  ]);
  expect(await warningsOf(far.id)).toEqual([expect.objectContaining({ code: 'reused_id' })]);
  expect([await warningsOf(before.id), await warningsOf(near.id)]).toEqual([[], []]);
});

test('row 113: a test event that names a real call does not change it, and a real event replaces a test', async () => {
  const { call_id } = await send({ call_instance_id: 'r113', revenue: '10', duration: '60' });
  const test = await send({ call_instance_id: 'r113', revenue: '99', aria_test: 'true' });
  expect(test).toMatchObject({ call_id, is_test: true });
  const real = await world.findCall(connection, 'r113');
  expect(real).toMatchObject({ revenue: '10', event_count: 1, is_test: false, extra: {} });
  expect((await eventsOf(call_id)).map((event) => event.is_test).sort()).toEqual([false, true]);

  const tried = await send({ call_instance_id: 'r113b', revenue: '99', aria_test: 'true', team: 'x' });
  expect(await send({ call_instance_id: 'r113b', duration: '60' })).toMatchObject({ call_id: tried.call_id });
  expect(await world.findCall(connection, 'r113b')).toMatchObject({
    is_test: false,
    revenue: null,
    duration: 60,
    event_count: 1,
    extra: {},
  });
});

test('rows 107, 108: legs and corrections of an Invoca call are events of the one call; the correction holds', async () => {
  const invoca = await world.connect({ platform: 'invoca' });
  const legs = [
    { transaction_id: 'T-1', connect_duration: '5', duration: '20', destination: 'Front desk' },
    { transaction_id: 'T-2', connect_duration: '61', duration: '81', destination: 'Sales' },
    { transaction_id: 'T-3', original_transaction_id: 'T-2', advertiser_payin_localized: '20.00' },
  ];
  let callId = '';
  for (const leg of legs) callId = (await send({ complete_call_id: 'r107', ...leg }, invoca)).call_id;
  expect(await world.findCall(invoca, 'r107')).toMatchObject({
    event_count: 3,
    connected_call_length: 61,
    duration: 81,
    target_name: 'Sales',
    revenue: '20.00',
  });
  const kept = (await eventsOf(callId)).map((event) => event.extra.transaction_id);
  expect(kept.sort()).toEqual(['T-1', 'T-2', 'T-3']);

  const nameless = await world.send(invoca, { original_transaction_id: 'T-2', duration: '90' });
  expect([nameless.status, (await json(nameless)).type]).toEqual([422, '/problems/missing_call_instance_id']);
});

test('row 109: an event read again keeps its identity; its call is not fetched or judged again, its outcome decided anew', async () => {
  const own = await world.connect({ time_zone: 'America/Chicago' });
  const event = {
    call_instance_id: 'r109',
    call_date: '2025-07-07 12:00:00',
    recording: 'https://r.example.com/1.mp3',
  };
  const { id, call_id } = await send(event, own);
  await markScored(call_id);
  const before = await stagesOf(call_id);
  await world.api(`/v1/connections/${own.connection_id}`, {
    method: 'PATCH',
    body: { time_zone: 'America/New_York' },
  });
  await expect
    .poll(
      async () =>
        (await world.api<{ changed: boolean }>(`/v1/events/${id}/replay`, { method: 'POST' })).changed,
    )
    .toBe(true);
  expect(await eventsOf(call_id)).toMatchObject([{ id, fields: { call_date: '2025-07-07T16:00:00.000Z' } }]);
  // by the answers that were given: billing rules look at what is reported too
  const [recording, score] = await stagesOf(call_id);
  expect(recording).toEqual(before[0]);
  expect(score).toMatchObject({ stage: 'score', state: 'waiting', input: factsOnly });
});

test('row 112: thousands of events in a rush are all acknowledged, and another connection is served meanwhile', async () => {
  const other = await world.connect();
  const rush = async (lane: number) => {
    for (let i = 0; i < 50; i++) await send({ call_instance_id: `rush-${lane}-${i}`, duration: '78' });
  };
  const rushing = Promise.all(Array.from({ length: 40 }, (_, lane) => rush(lane)));
  for (let i = 0; i < 5; i++) await send({ call_instance_id: `calm-${i}` }, other);
  await rushing;
  const { rows } = await sql<{ calls: number }>`
    select count(*)::int as calls from call where call_instance_id like 'rush-%'`.execute(world.db);
  expect(rows[0]!.calls).toBe(2_000);
});

test('row 114: a process whose clock is a day fast takes its place by the clock of the database', async () => {
  const right = await startArrivalClock(world.db);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000 });
  const fast = await startArrivalClock(world.db).finally(() => vi.useRealTimers());
  const aMinute = 60_000_000;
  expect(Math.abs(fast() - right())).toBeLessThan(aMinute);
  const places = Array.from({ length: 1_000 }, fast);
  expect(places.every((place, i) => i === 0 || place > places[i - 1]!)).toBe(true);
});

test('row 116: what arrived during a pause is visible as skipped, and can be read in afterwards', async () => {
  const own = await world.connect();
  const pause = (state: string) =>
    world.api(`/v1/connections/${own.connection_id}`, { method: 'PATCH', body: { state } });
  await pause('paused');
  await expect
    .poll(async () => (await send({ call_instance_id: 'r116', note: String(Math.random()) }, own)).status)
    .toBe('skipped');
  const { items } = await world.api<{ items: EventBody[] }>(
    `/v1/events?connection_id=${own.connection_id}&status=skipped`,
  );
  const skipped = items[0]!;
  await pause('active');
  await expect
    .poll(
      async () =>
        (await world.api<{ recovered: boolean }>(`/v1/events/${skipped.id}/replay`, { method: 'POST' }))
          .recovered,
    )
    .toBe(true);
  expect((await world.findCall(own, 'r116'))!.event_count).toBeGreaterThan(0);
});
