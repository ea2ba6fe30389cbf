import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConnectionSecretBody } from '../../src/contract/connections.ts';
import type { ImportBody } from '../../src/contract/imports.ts';
import { createImport, newImportId } from '../../src/receive/import/import-store.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ roles: ['serve'], env: { ARIA_MAX_IMPORT_MB: '1' } });
});
afterAll(() => world.stop());

async function upload(connection: ConnectionSecretBody, file: string | Buffer, name = 'calls.csv') {
  return fetch(`${world.url}/v1/connections/${connection.connection_id}/imports?file_name=${name}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${world.key}`, 'content-type': 'text/csv' },
    body: file,
  });
}

async function importFile(connection: ConnectionSecretBody, file: string | Buffer): Promise<ImportBody> {
  const response = await upload(connection, file);
  expect(response.status).toBe(202);
  const { id } = (await response.json()) as ImportBody;
  return settled(id);
}

async function settled(id: string): Promise<ImportBody> {
  const deadline = Date.now() + 25_000;
  for (;;) {
    const found = await world.api<ImportBody>(`/v1/imports/${id}`);
    if (found.state === 'done' || found.state === 'failed') return found;
    if (Date.now() > deadline) throw new Error(`did not settle: ${JSON.stringify(found)}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

async function errorsOf(id: string): Promise<string> {
  const response = await fetch(`${world.url}/v1/imports/${id}/errors`, {
    headers: { authorization: `Bearer ${world.key}` },
  });
  expect(response.headers.get('content-type')).toContain('text/csv');
  return response.text();
}

test('an uploaded CSV becomes calls as if its rows had been posted', async () => {
  const connection = await world.connect();
  const csv = [
    'call_instance_id,Caller ID,duration,revenue,publisher_name,my own column',
    'A1,(212) 555-0123,78,12.50,"Joe ""The Man"", Inc",x',
    'A2,,1:23,,"two',
    'lines",',
  ].join('\r\n');
  const done = await importFile(connection, `\ufeff${csv}`);
  expect(done).toMatchObject({
    state: 'done',
    format: 'csv',
    rows_read: 2,
    accepted: 2,
    duplicates: 0,
    unreadable: 0,
    errors: 0,
    bytes_read: done.bytes,
  });
  expect(await world.findCall(connection, 'A1')).toMatchObject({
    caller_id: '+12125550123',
    duration: 78,
    revenue: '12.50',
    publisher_name: 'Joe "The Man", Inc',
    extra: { 'my own column': 'x' },
  });
  expect(await world.findCall(connection, 'A2')).toMatchObject({
    duration: 83,
    publisher_name: 'two\r\nlines',
  });

  const { items } = await world.api<{ items: { method: string; body: string }[] }>(
    `/v1/events?connection_id=${connection.connection_id}&call_instance_id=A1`,
  );
  expect(items).toHaveLength(1);
  expect(items[0]!.method).toBe('IMPORT');
  expect(JSON.parse(items[0]!.body)).toMatchObject({ 'Caller ID': '(212) 555-0123' });
});

test('what was posted or imported before is a duplicate; what changed is a new event', async () => {
  const connection = await world.connect();
  await world.send(connection, { call_instance_id: 'B1', duration: 60, revenue: '5.00' });
  const csv = 'call_instance_id,duration,revenue,zip_code\nB1,60,5.0,\nB2,10,,\nB2,10,,';
  expect(await importFile(connection, csv)).toMatchObject({ accepted: 1, duplicates: 2 });
  expect(await importFile(connection, csv)).toMatchObject({ accepted: 0, duplicates: 3 });
  expect(await importFile(connection, 'call_instance_id,duration\nB2,11')).toMatchObject({ accepted: 1 });
  expect(await world.findCall(connection, 'B2')).toMatchObject({ duration: 11, event_count: 2 });
});

test('rows that cannot be used are listed with their number and reason, and the rest goes on', async () => {
  const connection = await world.connect();
  const csv = [
    'call_instance_id;duration;connection_id',
    'C1;10;',
    'C2;20',
    ';30;',
    'C4;40;;=cmd()',
    `C5;50;${connection.connection_id}`,
    'C6;60;con_other',
    'C7;70;;',
  ].join('\n');
  const done = await importFile(connection, csv);
  expect(done).toMatchObject({ accepted: 3, quarantined: 1, unreadable: 3, rows_read: 7, errors: 4 });
  const lines = (await errorsOf(done.id)).replace('\ufeff', '').trim().split('\r\n');
  expect(lines[0]).toBe('row,line,reason');
  expect(lines.slice(1)).toEqual([
    expect.stringMatching(/^2,3,.*2 cells.*3 columns/),
    expect.stringMatching(/^3,4,.*call_instance_id is missing/),
    expect.stringMatching(/^4,5,.*4 cells/),
    expect.stringMatching(/^6,7,.*another connection/),
  ]);
  expect(await world.findCall(connection, 'C7')).toMatchObject({ duration: 70 });
});

test('NDJSON: one object a line, in envelopes too; a bad line is an error of its own', async () => {
  const connection = await world.connect();
  const file = [
    '{"call_instance_id":"D1","duration":10}',
    '',
    '{"data":{"call_instance_id":"D2","duration":20}}',
    '{"call_instance_id":"D3",',
    '[1]',
    '{"call_instance_id":"D4","api_key":"ak_abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"}',
  ].join('\n');
  const done = await importFile(connection, file);
  expect(done).toMatchObject({ format: 'ndjson', rows_read: 5, accepted: 3, unreadable: 2 });
  const { rows } = await sql<{ body: string }>`
    select convert_from(body, 'utf8') as body from event where connection_id = ${connection.connection_id}`.execute(
    world.db,
  );
  expect(rows.map(({ body }) => body).join()).not.toContain('ak_');
});

test('other encodings are seen by their bytes', async () => {
  const connection = await world.connect();
  const utf16 = Buffer.from('\ufeffcall_instance_id\tbuyer_name\nE1\tZoë', 'utf16le');
  expect(await importFile(connection, utf16)).toMatchObject({ accepted: 1 });
  expect(
    await importFile(connection, Buffer.from('call_instance_id,buyer_name\nE2,Zoë', 'latin1')),
  ).toMatchObject({
    accepted: 1,
  });
  for (const id of ['E1', 'E2'])
    expect(await world.findCall(connection, id)).toMatchObject({ buyer_name: 'Zoë' });
});

test('a file of something else is refused as a whole, and nothing of it is stored', async () => {
  const connection = await world.connect();
  const failed = await importFile(connection, 'name,city\nJoe,Austin\nAnn,Dallas');
  expect(failed).toMatchObject({ state: 'failed', accepted: 0, quarantined: 0 });
  expect(failed.detail).toContain('name, city');

  for (const file of ['', '[{"call_instance_id":"x"}]', 'PK\u0003\u0004…']) {
    const response = await upload(connection, file);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ type: '/problems/unreadable_file' });
  }
  const { items } = await world.api<{ items: unknown[] }>(
    `/v1/events?connection_id=${connection.connection_id}`,
  );
  expect(items).toEqual([]);
});

test('a quote that is never closed ends the import there, with the place', async () => {
  const connection = await world.connect();
  const failed = await importFile(connection, 'call_instance_id,buyer_name\nF1,a\nF2,"never closed\nF3,b');
  expect(failed.state).toBe('failed');
  expect(failed.detail).toMatch(/after row 1: a quote/);
});

test('too large, told or not; not a file; no such connection; no key', async () => {
  const connection = await world.connect();
  const large = Buffer.alloc(1_100_000, 'x');
  expect((await upload(connection, large)).status).toBe(413);
  const chunked = await fetch(`${world.url}/v1/connections/${connection.connection_id}/imports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${world.key}` },
    body: new Blob([large]).stream(),
    duplex: 'half',
  } as RequestInit);
  expect(chunked.status).toBe(413);
  expect((await upload({ ...connection, connection_id: 'con_none' }, 'call_instance_id\n1')).status).toBe(
    404,
  );
  const anonymous = await fetch(`${world.url}/v1/connections/${connection.connection_id}/imports`, {
    method: 'POST',
    body: 'call_instance_id\n1',
  });
  expect(anonymous.status).toBe(401);
  const form = new FormData();
  form.set('file', new Blob(['call_instance_id\n1']));
  const multipart = await fetch(`${world.url}/v1/connections/${connection.connection_id}/imports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${world.key}` },
    body: form,
  });
  expect(multipart.status).toBe(415);
});

test('row 111: calls of imported rows wait for live ones in the pipeline', async () => {
  const connection = await world.connect();
  await importFile(connection, 'call_instance_id,recording\nG1,https://recordings.invalid/1.mp3');
  await world.send(connection, { call_instance_id: 'G2', recording: 'https://recordings.invalid/2.mp3' });
  const { rows } = await sql<{ call_instance_id: string }>`
    select c.call_instance_id, s.priority from call_stage s join call c on c.id = s.call_id
    where c.connection_id = ${connection.connection_id} order by s.priority desc`.execute(world.db);
  expect(rows).toEqual([
    { call_instance_id: 'G2', priority: 0 },
    { call_instance_id: 'G1', priority: -1 },
  ]);
});

test('an upload whose process died goes on where it stood', async () => {
  const connection = await world.connect();
  const csv = 'call_instance_id,duration\nH1,10\nH2,20\nH3,30\n';
  const folder = join(world.dataFolder, 'uploads');
  await mkdir(folder, { recursive: true });
  const id = newImportId();
  await writeFile(join(folder, id), csv);
  const file = { connectionId: connection.connection_id, source: 'upload' as const, fileName: 'h.csv' };
  // as the process left it: its first row is noted, and it has been silent for long
  await world.db.transaction().execute(async (tx) => {
    const rest = { sha256: Buffer.alloc(32), bytes: csv.length, format: 'csv' as const };
    await createImport(tx, { ...file, ...rest }, id);
    await sql`update import set state = 'running', rows_read = 1, accepted = 1,
      touched_at = now() - interval '2 minutes' where id = ${id}`.execute(tx);
  });
  expect(await settled(id)).toMatchObject({ state: 'done', rows_read: 3, accepted: 3, duplicates: 0 });
  expect(await world.findCall(connection, 'H1')).toBeNull();
  expect(await world.findCall(connection, 'H3')).toMatchObject({ duration: 30 });
  expect(existsSync(join(folder, id))).toBe(false);
});
