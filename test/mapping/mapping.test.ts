import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallBody } from '../../src/contract/calls.ts';
import type { ConnectionSecretBody } from '../../src/contract/connections.ts';
import type {
  MappingVersionBody,
  PreviewedEventBody,
  ReadingBody,
  SenderNameUseBody,
} from '../../src/contract/mapping.ts';
import type { ReplayBody } from '../../src/contract/replays.ts';
import { createMachineKey } from '../../src/http/machine-keys.ts';
import { replayed } from '../support/replayed.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ roles: ['serve'] });
});
afterAll(() => world.stop());

type Mapped = {
  in_force: MappingVersionBody | null;
  history: MappingVersionBody[];
  names: SenderNameUseBody[];
};

const path = (connection: ConnectionSecretBody) => `/v1/connections/${connection.connection_id}`;
const readMapping = (connection: ConnectionSecretBody) => world.api<Mapped>(`${path(connection)}/mapping`);
const save = (connection: ConnectionSecretBody, mapping: unknown) =>
  world.api<MappingVersionBody>(`${path(connection)}/mapping`, { method: 'PUT', body: mapping });
const preview = async (connection: ConnectionSecretBody, mapping: unknown) =>
  (
    await world.api<{ items: PreviewedEventBody[] }>(`${path(connection)}/mapping/preview`, {
      body: { mapping },
    })
  ).items;
/** Asks for a replay and waits for its end. */
async function replay(connection: ConnectionSecretBody, body: Record<string, unknown>): Promise<ReplayBody> {
  return replayed(world, await world.api<ReplayBody>(`${path(connection)}/replay`, { body }));
}

async function send(connection: ConnectionSecretBody, event: Record<string, unknown>) {
  const response = await world.send(connection, event);
  return (await response.json()) as { id: string; call_id: string; warnings: { code: string }[] };
}
const callOf = (id: string) => world.api<CallBody>(`/v1/calls/${id}`);

/** Waits until the webhook reads by this version: the directory is told of it by the database. */
async function waitForVersion(connection: ConnectionSecretBody, version: number) {
  await expect
    .poll(async () => {
      const { id } = await send(connection, { call_instance_id: `probe-${Math.random()}` });
      const { rows } = await sql<{ mapping_version: number | null }>`
        select mapping_version from event where id = ${id}`.execute(world.db);
      return rows[0]?.mapping_version;
    })
    .toBe(version);
}

/** Status and named faults of a refused mapping. */
async function refusal(connection: ConnectionSecretBody, mapping: unknown) {
  const response = await fetch(`${world.url}${path(connection)}/mapping`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${world.key}`, 'content-type': 'application/json' },
    body: JSON.stringify(mapping),
  });
  const { errors } = (await response.json()) as { errors?: { field: string; message: string }[] };
  return { status: response.status, fields: errors?.map((error) => error.field) };
}

describe('own names', () => {
  test('row 110: a saved mapping reads the next event, which remembers the version', async () => {
    const connection = await world.connect({ platform: 'generic' });
    const before = await send(connection, { call_instance_id: 'a', 'Lead Source': 'Radio', gespraech: '61' });
    expect((await callOf(before.call_id)).publisher_name).toBeNull();

    const saved = await save(connection, {
      aliases: { 'lead source': 'publisher_name', gespraech: 'duration', Standort: 'extra.site' },
      constants: { vertical: 'legal' },
    });
    expect(saved).toMatchObject({ version: 1, created_by: 'test', mapping: { date_order: 'month-first' } });
    await waitForVersion(connection, 1);

    const { id, call_id } = await send(connection, {
      call_instance_id: 'b',
      Lead_Source: 'Radio',
      Gespraech: '61',
      standort: 'Ost',
    });
    const call = await callOf(call_id);
    expect(call).toMatchObject({ publisher_name: 'Radio', duration: 61, vertical: 'legal' });
    expect(call.extra).toEqual({ site: 'Ost' });
    const { readings, ...versions } = await world.api<{ readings: ReadingBody[] }>(
      `/v1/events/${id}/readings`,
    );
    expect(versions).toEqual({ mapping_version: 1, mapping_in_force: 1 });
    const read = readings.map(({ name, value, field, result, used }) => [name, value, field, result, used]);
    expect(read).toContainEqual(['Gespraech', '61', 'duration', '61', true]);
    expect(read).toContainEqual(['standort', 'Ost', 'extra.site', 'Ost', true]);
    expect(read).toContainEqual([null, 'legal', 'vertical', 'legal', true]);
  });

  test('versions are kept, the newest is in force; saving the same again makes none', async () => {
    const connection = await world.connect();
    expect(await readMapping(connection)).toEqual({ in_force: null, history: [], names: [] });
    await save(connection, { aliases: { who: 'buyer_name' } });
    await save(connection, { aliases: { who: 'target_name' } });
    expect((await save(connection, { aliases: { who: 'target_name' } })).version).toBe(2);
    const { in_force, history } = await readMapping(connection);
    expect(in_force?.mapping.aliases).toEqual({ who: 'target_name' });
    expect(history.map(({ version, mapping }) => [version, mapping.aliases.who])).toEqual([
      [2, 'target_name'],
      [1, 'buyer_name'],
    ]);
  });

  test('two who save at once get two versions', async () => {
    const connection = await world.connect();
    const saved = await Promise.all(
      ['buyer_name', 'target_name', 'subsource'].map((field) =>
        save(connection, { aliases: { who: field } }),
      ),
    );
    expect(saved.map(({ version }) => version).sort()).toEqual([1, 2, 3]);
  });

  test('what cannot work is refused, naming the part', async () => {
    const connection = await world.connect();
    expect(
      await refusal(connection, {
        aliases: {
          Dauer: 'durations',
          duration: 'cost',
          who: 'buyer_name',
          'W H O': 'target_name',
          '?!': 'cost',
        },
        constants: { sale_amount: 'much' },
      }),
    ).toEqual({
      status: 400,
      fields: ['aliases.Dauer', 'aliases.duration', 'aliases.W H O', 'aliases.?!', 'constants.sale_amount'],
    });
    expect(await refusal(connection, { constants: { nothing_such: '1' } })).toMatchObject({ status: 400 });
    expect(await refusal(connection, { date_order: 'year-first' })).toEqual({
      status: 400,
      fields: ['date_order'],
    });
    expect((await readMapping(connection)).history).toEqual([]);
  });

  test('names seen lately say where they lead, with the preset and with the mapping; tests do not count', async () => {
    const connection = await world.connect({ platform: 'generic' });
    await send(connection, { call_instance_id: 'a', call_length: '20', Filiale: '' });
    await send(connection, { call_instance_id: 'b', Filiale: 'West', aria_test: 'true', probe: 'x' });
    await send(connection, { call_instance_id: 'c', Filiale: 'Ost' });
    await save(connection, { aliases: { filiale: 'branch_name' } });
    const { names } = await readMapping(connection);
    expect(names.map(({ name }) => name).sort()).toEqual(['Filiale', 'call_instance_id', 'call_length']);
    expect(names.find(({ name }) => name === 'Filiale')).toEqual({
      name: 'Filiale',
      example: 'Ost',
      events: 2,
      field: 'branch_name',
      preset_field: 'extra.Filiale',
      fixed: false,
    });
    expect(names.find(({ name }) => name === 'call_instance_id')).toMatchObject({ fixed: true });
  });
});

describe('reading settings', () => {
  test('day first, decimal comma and own words for "unknown"', async () => {
    const connection = await world.connect({ platform: 'generic', time_zone: 'UTC' });
    await save(connection, {
      date_order: 'day-first',
      decimal_mark: 'comma',
      placeholders: ['Unbekannt', '0000'],
    });
    await waitForVersion(connection, 1);
    const { call_id, warnings } = await send(connection, {
      call_instance_id: 'a',
      call_date: '13/02/2025 10:00',
      revenue: '1,250',
      buyer_name: 'UNBEKANNT',
      zip_code: '0000',
      target_name: 'unknown street',
    });
    const call = await callOf(call_id);
    expect([Date.parse(call.call_date!), call.revenue]).toEqual([
      Date.parse('2025-02-13T10:00:00Z'),
      '1.250',
    ]);
    expect(call).toMatchObject({ buyer_name: null, zip_code: null, target_name: 'unknown street' });
    expect(warnings).toEqual([]);
  });
});

describe('preview', () => {
  test('shows the last events before and after, with names and warnings, and changes nothing', async () => {
    const connection = await world.connect({ platform: 'generic' });
    await send(connection, { sid: 'S1', call_date: '13/02/2025 10:00', Umsatz: '12,50', note: 'x' });
    const [event] = await preview(connection, {
      aliases: { sid: 'call_instance_id', umsatz: 'revenue' },
      date_order: 'day-first',
    });
    expect(event).toMatchObject({
      changed: true,
      call_instance_id: { before: null, after: 'S1' },
      kind: { before: 'disposition', after: 'disposition' },
      warnings_after: [],
    });
    expect(event!.warnings_before.map(({ code }) => code)).toContain('unreadable_value');
    const fields = Object.fromEntries(event!.fields.map(({ field, ...rest }) => [field, rest]));
    expect(fields.revenue).toEqual({ before: null, after: '12.50', name_before: null, name_after: 'Umsatz' });
    expect(fields['extra.Umsatz']).toEqual({
      before: '12,50',
      after: null,
      name_before: 'Umsatz',
      name_after: null,
    });
    expect(fields['extra.note']).toMatchObject({ before: 'x', after: 'x' });
    expect((await readMapping(connection)).history).toEqual([]);
  });

  test('a faulty mapping is refused like a saved one', async () => {
    const connection = await world.connect();
    await expect(preview(connection, { aliases: { a: 'b' } })).rejects.toThrow(/^400 .*mapping\.aliases\.a/);
  });
});

describe('replay', () => {
  test('row 109: the dry run tells what the replay then does', async () => {
    const connection = await world.connect({ platform: 'generic' });
    const first = await send(connection, { call_instance_id: 'a', Einnahme: '40', duration: '30' });
    const second = await send(connection, { call_instance_id: 'a', Einnahme: '45', event: 'disposition' });
    const other = await send(connection, { call_instance_id: 'b', duration: '10' });
    const lost = await send(connection, { Anruf: 'c', Einnahme: '7' });
    expect(second.call_id).toBe(first.call_id);
    await save(connection, { aliases: { Einnahme: 'revenue', Anruf: 'call_instance_id' } });

    const dry = await replay(connection, { dry_run: true });
    expect(dry).toMatchObject({
      dry_run: true,
      events: 4,
      changed: 3,
      recovered: 1,
      calls: 2,
      changed_calls: 2,
      fields: { revenue: 2, 'extra.Einnahme': 1 },
    });
    const [a, c] = [...dry.changes].sort((x, y) => (x.call_instance_id < y.call_instance_id ? -1 : 1));
    expect(a).toEqual({
      call_id: first.call_id,
      call_instance_id: 'a',
      change: 'changed',
      fields: [
        { field: 'extra.Einnahme', before: '45', after: null },
        { field: 'revenue', before: null, after: '45' },
      ],
    });
    expect(c).toMatchObject({ call_id: null, call_instance_id: 'c', change: 'made' });
    expect(await callOf(first.call_id)).toMatchObject({ revenue: null, extra: { Einnahme: '45' } });

    const done = await replay(connection, { dry_run: false });
    expect(done).toMatchObject({ dry_run: false, events: 4, changed: 3, recovered: 1, calls: 2 });
    expect(await callOf(first.call_id)).toMatchObject({ revenue: '45', extra: {}, event_count: 2 });
    expect(await callOf(other.call_id)).toMatchObject({ revenue: null });
    expect(await world.findCall(connection, 'c')).toMatchObject({ revenue: '7' });
    const { rows } = await sql<{ id: string; mapping_version: number | null }>`
      select id, mapping_version from event where id in (${lost.id}, ${other.id})`.execute(world.db);
    expect(Object.fromEntries(rows.map((row) => [row.id, row.mapping_version]))).toEqual({
      [lost.id]: 1,
      [other.id]: null,
    });
    expect(await replay(connection, { dry_run: true })).toMatchObject({
      changed: 0,
      changed_calls: 0,
      changes: [],
    });
  });

  test('a call whose events all move to another one goes away, as the dry run says', async () => {
    const connection = await world.connect({ platform: 'generic' });
    const leg = await send(connection, { call_id: 'leg-1', session: 's-1', duration: '30' });
    await save(connection, { aliases: { session: 'call_instance_id' } });
    const dry = await replay(connection, { dry_run: true });
    expect(dry.changes.map(({ call_instance_id, change }) => [call_instance_id, change]).sort()).toEqual([
      ['leg-1', 'removed'],
      ['s-1', 'made'],
    ]);
    await replay(connection, { dry_run: false });
    expect(await world.findCall(connection, 'leg-1')).toBeNull();
    expect(await world.findCall(connection, 's-1')).toMatchObject({ duration: 30, event_count: 1 });
    await expect(callOf(leg.call_id)).rejects.toThrow('404');
  });

  test('only the range is read again, though the call is compared with all its events', async () => {
    const connection = await world.connect({ platform: 'generic' });
    const old = await send(connection, { call_instance_id: 'a', Einnahme: '1' });
    await sql`update event set received_at = now() - interval '2 days' where id = ${old.id}`.execute(
      world.db,
    );
    await send(connection, { call_instance_id: 'a', Partner: 'North' });
    await save(connection, { aliases: { Einnahme: 'revenue', Partner: 'publisher_name' } });
    const from = new Date(Date.now() - 86_400_000).toISOString();
    const dry = await replay(connection, { from, dry_run: true });
    expect([dry.events, dry.changes[0]?.fields.map(({ field }) => field).sort()]).toEqual([
      1,
      ['extra.Partner', 'publisher_name'],
    ]);
    await replay(connection, { from, dry_run: false });
    expect(await callOf(old.call_id)).toMatchObject({ revenue: null, publisher_name: 'North' });
  });

  test('a paused connection keeps what counted before', async () => {
    const connection = await world.connect({ platform: 'generic' });
    const { call_id } = await send(connection, { call_instance_id: 'a', Partner: 'North' });
    await world.api(path(connection), { method: 'PATCH', body: { state: 'paused' } });
    await save(connection, { aliases: { Partner: 'publisher_name' } });
    await replay(connection, { dry_run: false });
    expect(await callOf(call_id)).toMatchObject({ publisher_name: 'North', event_count: 1 });
  });

  test('a key that may only read can look, but neither save nor replay', async () => {
    const key = await createMachineKey(world.db, 'reader', ['read']);
    const connection = await world.connect();
    const ask = async (method: string, at: string, body: unknown) => {
      const response = await fetch(`${world.url}${path(connection)}${at}`, {
        method,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return response.status;
    };
    expect([
      await ask('POST', '/mapping/preview', { mapping: {} }),
      await ask('PUT', '/mapping', {}),
      await ask('POST', '/replay', {}),
    ]).toEqual([200, 403, 403]);
  });
});
