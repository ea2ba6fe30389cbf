import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectionHealth } from '../../src/contract/connection-health.ts';
import { getConnectionHealth } from '../../src/report/connection-health.ts';
import { type BuiltCall, buildCall, buildConnection, buildEvent, insert } from '../report/build-calls.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const minute = 60_000;
const hour = 60 * minute;
const week = 168 * hour;

async function arrive(call: BuiltCall, agoMs: number, given: Record<string, unknown> = {}) {
  const at = Date.now() - agoMs;
  await buildEvent(database.db, call, { arrival: at * 1000, received_at: new Date(at), ...given });
}

async function setUp(timeZone = 'America/New_York') {
  const connection = await buildConnection(database.db, { timeZone });
  return { connection, call: await buildCall(database.db, connection) };
}

const health = async (connection: string) => {
  const found = await getConnectionHealth(database.db, connection);
  expect(connectionHealth.parse(found)).toEqual(found);
  return found!;
};
const codes = ({ advice }: { advice: { code: string }[] }) => advice.map(({ code }) => code);

test('nothing has arrived; and there is no such connection', async () => {
  const { connection } = await setUp();
  expect(await health(connection)).toMatchObject({ verdict: 'new', advice: [], last_event_at: null });
  expect(await getConnectionHealth(database.db, 'con_none')).toBeNull();
});

test('silence is exceeded where the same hours of earlier weeks had events, and not where they had none', async () => {
  const busy = await setUp();
  const nightly = await setUp();
  for (const { call } of [busy, nightly]) await arrive(call, 3 * hour);
  for (let back = 1; back <= 4; back++) {
    await arrive(nightly.call, back * week + 4 * hour);
    for (let i = 0; i < 8; i++) await arrive(busy.call, back * week + (i * 20 + 5) * minute);
  }
  await arrive(busy.call, 4 * week + 4 * hour);
  const loud = await health(busy.connection);
  expect(loud.silence).toMatchObject({ exceeded: true, expected_events: 8 });
  expect(loud.silence.seconds).toBeCloseTo(3 * 3600, -2);
  expect(codes(loud)).toEqual(['silent']);
  expect(await health(nightly.connection)).toMatchObject({
    verdict: 'good',
    silence: { exceeded: false, expected_events: 0 },
  });
});

test('after a burst the usual gap is told in words that make sense', async () => {
  const { connection, call } = await setUp();
  for (let i = 0; i < 20; i++) await arrive(call, 2 * hour + i * 10);
  const { silence, advice } = await health(connection);
  expect(silence.exceeded).toBe(true);
  expect(advice[0]!.message).toMatch(/^No event for 2 h; usually under 1 s lie between two\./);
});

test('in the first week the longest gap so far counts', async () => {
  const { connection, call } = await setUp();
  for (let i = 0; i < 20; i++) await arrive(call, 2 * hour + i * 10 * minute);
  const { silence } = await health(connection);
  expect(silence).toMatchObject({ exceeded: true, expected_events: null });
  expect(silence.usual_gap_seconds).toBeCloseTo(600, 0);
  await arrive(call, 20 * minute);
  expect((await health(connection)).silence.exceeded).toBe(false);
});

test('tokens that the platform did not replace, as a share of events by field', async () => {
  const { connection, call } = await setUp();
  const unresolved = JSON.stringify([
    { field: 'client_id', code: 'unresolved_token', message: '' },
    { field: 'duration', code: 'unreadable_value', message: '' },
  ]);
  for (let i = 0; i < 4; i++) await arrive(call, i * minute, i === 0 ? { warnings: unresolved } : {});
  for (let i = 0; i < 4; i++) await arrive(call, 50 * hour + i * minute, { warnings: unresolved });
  // neither tests nor imports say anything about the platform
  await arrive(call, minute, { warnings: unresolved, is_test: true });
  await arrive(call, minute, { warnings: unresolved, method: 'IMPORT' });
  const found = await health(connection);
  expect(found.events).toEqual({ day: 4, week: 8 });
  expect(found.unresolved_tokens).toEqual([{ field: 'client_id', day: 0.25, week: 0.625 }]);
  expect(codes(found)).toEqual(['unresolved_tokens']);
});

test('call_date in another zone than the connection says is recognised and named', async () => {
  const { connection, call } = await setUp('America/New_York');
  for (let i = 0; i < 12; i++) {
    // Chicago's clocks, read as New York's, show every call an hour too early
    const fields = {
      call_date: new Date(Date.now() - i * minute - hour - 78_000).toISOString(),
      duration: '78',
    };
    await arrive(call, i * minute, { fields: JSON.stringify(fields) });
  }
  const found = await health(connection);
  expect(found.time_zone).toMatchObject({ verdict: 'shifted', suggested: 'America/Chicago', events: 12 });
  expect(found.advice[0]).toMatchObject({ code: 'time_zone' });
  expect(found.advice[0]!.message).toContain('call_date seems to be in America/Chicago');
});

test('recordings that cannot be fetched', async () => {
  const { connection } = await setUp();
  for (let i = 0; i < 6; i++) {
    const call = await buildCall(database.db, connection);
    await arrive(call, i * minute);
    const state = i < 2 ? 'failed' : 'done';
    await insert(database.db, 'call_stage', { call_id: call.id, stage: 'recording', state });
  }
  const found = await health(connection);
  expect(found.recordings).toEqual({ fetched: 4, failed: 2, failing: 2 / 6 });
  expect(codes(found)).toEqual(['recordings']);
});

test('row 111: a large import on top of live events hides none of them', async () => {
  const { connection, call } = await setUp();
  await arrive(call, 3 * hour);
  await arrive(call, 2 * hour);
  const at = (Date.now() - hour) * 1000;
  await sql`
    insert into import (id, connection_id, source, file_name, sha256, bytes, format, state, rows_read, created_at)
    values ('imp_large', ${connection}, 'file', 'old.csv', '\\x00', 1, 'csv', 'done', 20001, to_timestamp(${at / 1e6}))`.execute(
    database.db,
  );
  await sql`
    insert into event (id, connection_id, fingerprint, arrival, status, kind, method, body)
    select 'evt_old_' || n, ${connection}, sha256(('old ' || n)::bytea), ${at}::bigint + n, 'accepted', 'completed', 'IMPORT', ''
    from generate_series(1, 20001) n`.execute(database.db);
  const found = await health(connection);
  expect(found.events).toEqual({ day: 2, week: 2 });
  expect(found.silence.seconds).toBeCloseTo(2 * 3600, -2);
  expect(found.silence.usual_gap_seconds).toBeCloseTo(3600, -1);
});
