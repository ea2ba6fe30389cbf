import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallBody } from '../../src/contract/calls.ts';
import type { ConnectionSecretBody } from '../../src/contract/connections.ts';
import type { EraseResultBody, ErasureBody } from '../../src/contract/erasures.ts';
import { createMachineKey } from '../../src/http/machine-keys.ts';
import { createErasureTask } from '../../src/receive/erase/erasure-tasks.ts';
import { holdsNumber } from '../../src/receive/erase/find-caller.ts';
import { openDiskStore } from '../../src/storage/disk.ts';
import { startWorld, type World } from '../support/world.ts';

const run = promisify(execFile);
const caller = '+12125550186';
/** Every trace by which he could be found again. */
const traces = ['2125550186', '212) 555', 'Ada Lovelace', '10001', 'lead-77', 'my hip hurts', 'rec-of-ada'];

let world: World;
let adminKey: string;
let connection: ConnectionSecretBody;
let call: string;
let other: string;

beforeAll(async () => {
  world = await startWorld({ roles: ['serve'] });
  adminKey = await createMachineKey(world.db, 'privacy', ['read', 'admin']);
  connection = await world.connect({ platform: 'generic' });
});
afterAll(() => world.stop());

const personal = {
  caller_id: '(212) 555-0186',
  zip_code: '10001',
  client_lead_id: 'lead-77',
  referrer_url: 'https://site.example/?name=Ada+Lovelace',
  patient: 'Ada Lovelace',
};
const business = {
  publisher_name: 'Blue Heron',
  buyer_name: 'Harborstone',
  call_date: '07/07/2025 01:59:05 PM',
  duration: '78',
  connected_call_length: '65',
  converted: 'True',
  inbound_number_state: 'NY',
};

async function post(event: Record<string, unknown>) {
  const response = await world.send(connection, event);
  return (await response.json()) as { id: string; call_id: string; status: string };
}

async function erase(body: Record<string, unknown>, key = adminKey) {
  const response = await fetch(`${world.url}/v1/erasures`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as EraseResultBody };
}

/** Everything that the database holds, as text: what is erased must stand nowhere in it. */
async function dump(): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(world.db);
  const parts = await Promise.all(
    tables.map(async ({ name }) => {
      const { rows } = await sql<{ text: string }>`
        select ${sql.raw(name === 'event' ? `t::text || convert_from(body, 'LATIN1')` : 't::text')} as text
        from ${sql.table(name)} t`.execute(world.db);
      return rows.map(({ text }) => `${name}: ${text}`).join('\n');
    }),
  );
  return parts.join('\n');
}

async function hear(callId: string, hash: string, quote: string, url: string): Promise<void> {
  const { db } = world;
  await sql`insert into recording (hash, bytes, content_type, codec, channels, sample_rate, seconds, peaks)
    values (${hash}, 5, 'audio/wav', 'pcm', 1, 8000, 1, '[]') on conflict do nothing`.execute(db);
  await sql`insert into call_recording (call_id, hash, url) values (${callId}, ${hash}, ${url})`.execute(db);
  await sql`insert into transcript (call_id, hash, language, engine, turns) values (${callId}, ${hash}, 'en', 'test',
    ${JSON.stringify([{ speaker: 'caller', text: quote, start: 0, end: 1, words: [] }])}::jsonb)`.execute(db);
  const evaluation = `eval_${callId}`;
  const evidence = [{ quote, speaker: 'caller', start: 0, end: 1, turn: 0 }];
  await sql`insert into evaluation (id, call_id, scorecard, scorecard_version, judge, answers, outcome)
    values (${evaluation}, ${callId}, 'medical', '1', 'local',
      ${JSON.stringify([{ criterion: 'in_pain', value: 'yes', evidence }])}::jsonb,
      ${JSON.stringify({ prospect: 'qualified', explanation: quote, resultEvidence: evidence })}::jsonb)`.execute(
    db,
  );
  await sql`update call set evaluation_id = ${evaluation}, reached = 'conversation', prospect = 'qualified',
    result = 'appointment', billable = 'yes', billable_reason = 'rule', explanation = ${quote}, scored_at = now()
    where id = ${callId}`.execute(db);
}

const sums = () =>
  world.api<{ totals: Record<string, unknown> }>(
    '/v1/reports/breakdown?by=publisher&from=2025-07-01&to=2025-07-31&time_zone=UTC&compare=none',
  );

describe('row 115: a caller is erased', () => {
  let before: unknown;
  let late: { id: string; call_id: string };

  test('the dry run counts and changes nothing', async () => {
    const storage = await openDiskStore(join(world.dataFolder, 'audio'));
    const [own, shared] = [
      await storage.put(Readable.from([Buffer.from('own')])),
      await storage.put(Readable.from([Buffer.from('shared')])),
    ];
    call = (await post({ call_instance_id: 'a', ...personal, ...business, revenue: '48' })).call_id;
    await post({ call_instance_id: 'a', ...personal, event: 'disposition', sale_amount: '350.5' });
    const second = (await post({ call_instance_id: 'b', ...personal, ...business, revenue: '12' })).call_id;
    other = (await post({ call_instance_id: 'c', caller_id: '+18185550143', ...business, revenue: '5' }))
      .call_id;
    // in quarantine: no call id, and bytes that cannot be read
    await post({ ...personal });
    await fetch(`${world.url}/v1/events/${connection.connection_id}`, {
      method: 'POST',
      headers: { 'x-api-key': connection.api_key, 'content-type': 'application/json' },
      body: '{"call_instance_id": "x", "caller_id": "212.555.0186", "patient": "Ada Lovelace",}',
    });
    await hear(call, own, 'my hip hurts', 'https://m.example/rec-of-ada.wav');
    await hear(second, shared, 'my hip hurts', 'https://m.example/rec-of-ada.wav');
    await hear(other, shared, 'my roof leaks', 'https://m.example/other.wav');
    before = await sums();

    const { status, body } = await erase({ caller_id: caller });
    expect([status, body]).toEqual([
      200,
      {
        task_id: expect.any(String),
        state: 'done',
        detail: null,
        dry_run: true,
        erasure_id: null,
        calls: 2,
        events: 5,
        recordings: 2,
        transcripts: 2,
        evaluations: 2,
      },
    ]);
    expect((await world.api<CallBody>(`/v1/calls/${call}`)).caller_id).toBe(caller);
    const text = await dump();
    expect(traces.filter((trace) => !text.includes(trace))).toEqual([]);
  });

  test('a key without the scope cannot erase', async () => {
    expect((await erase({ call_id: call, dry_run: false }, world.key)).status).toBe(403);
  });

  test('then no trace of him is left, and the sums are what they were', async () => {
    const { body } = await erase({ call_id: call, dry_run: false });
    expect(body).toMatchObject({ dry_run: false, calls: 2, events: 5, recordings: 2 });
    const text = await dump();
    expect(traces.filter((trace) => text.includes(trace))).toEqual([]);
    expect(text).toContain('my roof leaks');

    const erased = await world.api<CallBody>(`/v1/calls/${call}`);
    expect(erased).toMatchObject({
      erased: true,
      caller_id: null,
      zip_code: null,
      recording: null,
      extra: {},
      transcript: null,
      revenue: '48',
      sale_amount: '350.5',
      buyer_name: 'Harborstone',
      duration: 78,
      event_count: 2,
      outcome: { prospect: 'qualified', result: 'appointment', billable: 'yes' },
    });
    expect(erased.answers).toEqual([]);
    expect(await sums()).toEqual(before);
  });

  test('his audio is gone from the disk, and what another call has too is not', async () => {
    const audio = join(world.dataFolder, 'audio');
    const names = (await readdir(audio, { recursive: true })).filter((name) => /[0-9a-f]{64}$/.test(name));
    expect(names).toHaveLength(1);
    expect((await world.api<CallBody>(`/v1/calls/${other}`)).transcript).not.toBeNull();
    const { rows } = await sql`select from file_removal`.execute(world.db);
    expect(rows).toEqual([]);
  });

  test('the log has it, without his number', async () => {
    const { items } = await world.api<{ items: ErasureBody[] }>('/v1/erasures');
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ created_by: 'privacy', calls: 2, events: 5, late_events: 0 });
  });

  test('a platform that sends it again brings nothing back, and its money still counts', async () => {
    const repeat = await post({ call_instance_id: 'a', ...personal, ...business, revenue: '48' });
    expect(repeat).toMatchObject({ status: 'duplicate', call_id: call });
    const recording = 'https://m.example/rec-of-ada-2125550186.wav';
    late = await post({ call_instance_id: 'a', ...personal, recording, event: 'disposition', revenue: '50' });
    expect(late.call_id).toBe(call);
    const text = await dump();
    expect(traces.filter((trace) => text.includes(trace))).toEqual([]);
    expect(await world.api<CallBody>(`/v1/calls/${call}`)).toMatchObject({
      caller_id: null,
      revenue: '50',
      recording: null,
      event_count: 3,
    });
    const { rows } = await sql`
      select from call_stage where call_id = ${call} and state in ('waiting', 'queued', 'retrying')`.execute(
      world.db,
    );
    expect(rows).toEqual([]);
    const { items } = await world.api<{ items: ErasureBody[] }>('/v1/erasures');
    expect(items[0]).toMatchObject({ late_events: 1 });
  });

  test('also while the connection is paused, and by a replay', async () => {
    const path = `/v1/connections/${connection.connection_id}`;
    await world.api(path, { method: 'PATCH', body: { state: 'paused' } });
    await expect
      .poll(async () => (await post({ call_instance_id: 'b', ...personal, nonce: Math.random() })).status)
      .toBe('skipped');
    await world.api(path, { method: 'PATCH', body: { state: 'active' } });
    await world.api(`/v1/events/${late.id}/replay`, { method: 'POST' });
    const text = await dump();
    expect(traces.filter((trace) => text.includes(trace))).toEqual([]);
  });

  test('a second time there is nothing; the call of an erased caller leads to nobody', async () => {
    expect((await erase({ caller_id: caller, dry_run: false })).body).toMatchObject({
      erasure_id: null,
      calls: 0,
      events: 0,
    });
    expect((await erase({ call_id: call })).status).toBe(409);
    expect((await erase({ call_id: 'call_none' })).status).toBe(404);
    expect((await erase({ caller_id: 'anonymous' })).status).toBe(400);
    expect((await erase({})).status).toBe(400);
  });
});

test('an erasure whose process died is done by the next one, and the task forgets the number', async () => {
  const { call_id } = await post({ call_instance_id: 'e', ...business, caller_id: '+13105550199' });
  // in the log only: the call names another caller by now
  await post({ call_instance_id: 'f', ...business, caller_id: '+13105550199' });
  await post({ call_instance_id: 'f', caller_id: '+13105550100', event: 'disposition' });
  const id = await createErasureTask(world.db, {
    caller: '+13105550199',
    dryRun: false,
    createdBy: 'privacy',
  });
  await sql`update erasure_task set state = 'running', touched_at = now() - interval '1 hour'
    where id = ${id} and state = 'waiting'`.execute(world.db);
  const task = async () => {
    const response = await fetch(`${world.url}/v1/erasures/tasks/${id}`, {
      headers: { authorization: `Bearer ${adminKey}` },
    });
    return (await response.json()) as EraseResultBody;
  };
  await expect.poll(async () => (await task()).state, { timeout: 15_000 }).toBe('done');
  expect(await task()).toMatchObject({ dry_run: false, calls: 1, events: 2 });
  expect((await world.api<CallBody>(`/v1/calls/${call_id}`)).erased).toBe(true);
  expect((await world.findCall(connection, 'f'))!.caller_id).toBe('+13105550100');
  expect(await dump()).not.toContain('3105550199');
});

test('aria erase tells what would go, and does it with --yes', async () => {
  await post({ call_instance_id: 'd', ...business, caller_id: '+13105550177' });
  const aria = async (...args: string[]) => {
    const { stdout } = await run(process.execPath, ['src/main/cli.ts', 'erase', ...args], {
      cwd: join(import.meta.dirname, '../..'),
      env: { PATH: process.env.PATH, DATABASE_URL: world.databaseUrl, ARIA_DATA_DIR: world.dataFolder },
    });
    return stdout;
  };
  expect(await aria('--caller', '+1 (310) 555-0177')).toMatch(
    /Harborstone\n1 call, 1 event, 0 recordings.* would be erased\. Nothing was changed/s,
  );
  expect((await world.findCall(connection, 'd'))!.caller_id).toBe('+13105550177');
  expect(JSON.parse(await aria('--caller', '+13105550177', '--yes', '--json'))).toMatchObject({
    dry_run: false,
    calls: 1,
    events: 1,
  });
  expect((await world.findCall(connection, 'd'))!.caller_id).toBeNull();
  await expect(aria('--caller', '3105550177')).rejects.toThrow('E.164');
});

test.each([
  ['"caller_id": "(212) 555-0186"', true],
  ['caller=%2B1%20212%20555%200186&x=1', true],
  ['12125550186', true],
  ['+1.212.555.0186', true],
  ['92125550186', false],
  ['21255501867', false],
  ['212555018', false],
])('the number in %s: %s', (text, found) => {
  expect(holdsNumber(text, caller)).toBe(found);
});
