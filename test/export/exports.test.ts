import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { sql } from 'kysely';
import readExcelFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { ExportTaskBody } from '../../src/contract/exports.ts';
import type { ExportColumn } from '../../src/export/export-column.ts';
import {
  addExport,
  claimExport,
  ExportTaken,
  finishExport,
  getExport,
  noteProgress,
  releaseExport,
} from '../../src/export/export-store.ts';
import { startExporter } from '../../src/export/run-exports.ts';
import { xlsxFile } from '../../src/export/xlsx-file.ts';
import { createMachineKey } from '../../src/http/machine-keys.ts';
import { expireExports } from '../../src/receive/erase/expire-exports.ts';
import { callColumnIds } from '../../src/report/call-export.ts';
import { definitionText } from '../../src/report/definition-text.ts';
import { metricDefinitions } from '../../src/report/metrics.ts';
import { setPayableDuration } from '../../src/report/payable-durations.ts';
import { buildCall, buildConnection, insert, qualified } from '../report/build-calls.ts';
import { putTranscript, said } from '../report/put-transcript.ts';
import { databaseForTest } from '../support/database.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
let folder: string;
const period = { from: '2025-01-01', to: '2025-12-31', time_zone: 'America/New_York' };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aria-exports-'));
  world = await startWorld({ roles: ['serve'] });
  const connection = await buildConnection(world.db, { name: 'Main' });
  await buildCall(world.db, connection, {
    call_date: '2025-07-07T17:59:05Z',
    caller_id: '+18185550143',
    publisher_name: '=HYPERLINK("http://evil")',
    buyer_name: 'Ünïcode, "quoted"\nbroken <&> \u0007',
    revenue: '12.50',
    cost: '-0.08',
    converted: true,
    connected_call_length: '61',
    outcome: { ...qualified, billable: 'no' },
  });
  const { id } = await buildCall(world.db, connection, {
    call_date: '2025-12-01T15:00:00Z',
    sale_amount: '123456789012.123456',
  });
  await putTranscript(world.db, id, [said('caller', 'I want solar panels', 0)]);
  await buildCall(world.db, connection, { is_test: true });
}, 60_000);
afterAll(async () => {
  await world.stop();
  await rm(folder, { recursive: true, force: true });
});

async function exported(body: Record<string, unknown>): Promise<{ task: ExportTaskBody; path: string }> {
  let task = await world.api<ExportTaskBody>('/v1/exports', { body });
  const deadline = Date.now() + 20_000;
  while (task.state === 'waiting' || task.state === 'running') {
    if (Date.now() > deadline) throw new Error(`not exported: ${JSON.stringify(task)}`);
    await sleep(30);
    task = await world.api<ExportTaskBody>(`/v1/exports/${task.id}`);
  }
  if (task.state !== 'done') return { task, path: '' };
  const response = await fetch(world.url + task.url, { headers: { authorization: `Bearer ${world.key}` } });
  const path = join(folder, `${task.id}.${task.format}`);
  await writeFile(path, Buffer.from(await response.arrayBuffer()));
  return { task, path };
}

const queryParquet = (path: string, columns: string) =>
  queryDuckdb(`select ${columns} from read_parquet('${path}')`);

async function queryDuckdb(question: string) {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(question);
  const rows = reader.getRowObjectsJson();
  connection.closeSync();
  instance.closeSync();
  return rows;
}

describe('calls, opened by readers of other makers', () => {
  test('CSV: DuckDB reads it, formulas are text, times carry the offset of the zone', async () => {
    const { task, path } = await exported({ kind: 'calls', format: 'csv', query: period });
    expect(task).toMatchObject({ rows_done: 2, rows_expected: 2, requested_by: 'test' });
    const [newest, older] = await queryDuckdb(
      `select * from read_csv('${path}', all_varchar = true, header = true)`,
    );
    expect(newest).toMatchObject({ Time: '2025-12-01T10:00:00-05:00', 'Sale amount': '123456789012.123456' });
    expect(older).toMatchObject({
      Time: '2025-07-07T13:59:05-04:00',
      Publisher: `'=HYPERLINK("http://evil")`,
      Buyer: 'Ünïcode, "quoted"\nbroken <&> \u0007',
      Caller: '+18185550143',
      Cost: '-0.08',
      Revenue: '12.50',
      Converted: 'true',
      Disagreements: 'billed_not_qualified',
    });
    expect(Object.keys(older!)).toHaveLength(callColumnIds.length);
  });

  test('Parquet: DuckDB reads it, money exactly, times as timestamps', async () => {
    const { path } = await exported({ kind: 'calls', format: 'parquet', query: period });
    const columns = 'call_at, publisher_name, buyer_name, revenue, cost, converted, sale_amount, score';
    const rows = await queryParquet(
      path,
      `${columns}, typeof(revenue) as money, typeof(call_at) as time, epoch_ms(call_at) as ms`,
    );
    expect(rows).toMatchObject([
      { sale_amount: '123456789012.123456', revenue: null, publisher_name: null, score: null },
      {
        publisher_name: '=HYPERLINK("http://evil")',
        buyer_name: 'Ünïcode, "quoted"\nbroken <&> \u0007',
        revenue: '12.500000',
        cost: '-0.080000',
        converted: true,
        money: 'DECIMAL(18,6)',
        time: 'TIMESTAMP WITH TIME ZONE',
      },
    ]);
    expect(rows[1]!.ms).toBe(String(Date.parse('2025-07-07T17:59:05Z')));
  });

  test('XLSX: a workbook in which numbers are numbers, dates dates, and formulas text', async () => {
    const { path } = await exported({ kind: 'calls', format: 'xlsx', query: period });
    const [head, newest, older] = await readSheet(path);
    const cell = (row: unknown[] | undefined, name: string) => row?.[head!.indexOf(name)];
    expect(cell(newest, 'Publisher')).toBeNull();
    expect(cell(older, 'Publisher')).toBe('=HYPERLINK("http://evil")');
    expect(cell(older, 'Buyer')).toBe('Ünïcode, "quoted"\nbroken <&> \ufffd');
    expect(cell(older, 'Revenue')).toBe(12.5);
    expect(cell(older, 'Converted')).toBe(true);
    // what the clocks of New York showed
    expect((cell(older, 'Time') as Date).toISOString()).toBe('2025-07-07T13:59:05.000Z');
  });

  test.each(['csv', 'xlsx', 'parquet'])(
    '%s: without any call it is still a file with its columns',
    async (format) => {
      const { task, path } = await exported({ kind: 'calls', format, query: { publisher_name: 'Nobody' } });
      expect(task).toMatchObject({ state: 'done', rows_done: 0 });
      if (format === 'parquet') expect(await queryParquet(path, 'count(revenue) as n')).toEqual([{ n: '0' }]);
      if (format === 'xlsx') expect(await readSheet(path)).toHaveLength(1);
    },
  );
});

async function readSheet(path: string): Promise<unknown[][]> {
  const [sheet] = (await readExcelFile(path)) as unknown as { data: unknown[][] }[];
  return sheet!.data;
}

test('XLSX of 100,000 rows opens whole', async () => {
  async function* batches() {
    for (let first = 0; first < 100_000; first += 2_000) {
      yield Array.from({ length: 2_000 }, (_, i) => [`call ${first + i}`, first + i, (first + i) / 4]);
    }
  }
  const columns: ExportColumn[] = [
    { id: 'call', heading: 'Call', kind: 'text' },
    { id: 'n', heading: 'N', kind: 'number' },
    { id: 'revenue', heading: 'Revenue', kind: 'money' },
  ];
  const path = join(folder, 'many.xlsx');
  await writeFile(path, Readable.from(xlsxFile({ columns, batches: batches(), expected: null }, 'UTC')));
  const rows = await readSheet(path);
  expect(rows).toHaveLength(100_001);
  expect(rows.at(-1)).toEqual(['call 99999', 99_999, 24_999.75]);
  expect(rows.slice(1).reduce((sum, row) => sum + Number(row[1]), 0)).toBe(4_999_950_000);
});

describe('what the figures of a report count goes along', () => {
  const query = { by: 'publisher', ...period };
  const said = metricDefinitions.find(({ id }) => id === 'connect_rate')!;

  test('XLSX: on a last sheet; a list of calls has none', async () => {
    const { path } = await exported({ kind: 'breakdown', format: 'xlsx', query });
    const sheets = (await readExcelFile(path)) as unknown as { sheet: string; data: unknown[][] }[];
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['Aria', 'Definitions']);
    const [head, ...rows] = sheets[1]!.data;
    expect(head).toEqual(['Column', 'Definition']);
    expect(rows.map(([column]) => column)).toEqual(sheets[0]!.data[0]!.slice(1));
    expect(rows).toContainEqual(['Connect rate [%]', definitionText(said)]);
    const calls = await exported({ kind: 'calls', format: 'xlsx', query: period });
    expect(await readExcelFile(calls.path)).toHaveLength(1);
  });

  test('Parquet: in its metadata', async () => {
    const { path } = await exported({ kind: 'disagreements', format: 'parquet', query });
    const [kept] = await queryDuckdb(
      `select decode(value) as definitions from parquet_kv_metadata('${path}') where decode(key) = 'aria.definitions'`,
    );
    const definitions = JSON.parse(String(kept!.definitions)) as Record<string, string>;
    expect(definitions.Scored).toBe(metricDefinitions.find(({ id }) => id === 'scored')!.definition);
    expect(Object.keys(definitions)).toHaveLength(10);
  });
});

describe('exactly what is on the screen', () => {
  test('the columns asked for, in their order', async () => {
    const { path } = await exported({
      kind: 'calls',
      query: period,
      columns: ['revenue', 'call_at'],
    });
    expect((await readFile(path, 'utf8')).replace('\ufeff', '').split('\r\n')).toEqual([
      'Revenue,Time',
      ',2025-12-01T10:00:00-05:00',
      '12.50,2025-07-07T13:59:05-04:00',
      '',
    ]);
  });

  test('the figures asked for, with what they were in the period compared with', async () => {
    const { path } = await exported({
      kind: 'breakdown',
      query: { by: 'publisher', from: '2025-07-01', to: '2025-07-31', time_zone: 'UTC', compare: 'previous' },
      columns: ['revenue', 'calls'],
    });
    expect((await readFile(path, 'utf8')).replace('\ufeff', '').split('\r\n')).toEqual([
      'Publisher,Revenue [USD],"Revenue [USD], 2025-05-31 to 2025-06-30",Calls,"Calls, 2025-05-31 to 2025-06-30"',
      `"'=HYPERLINK(""http://evil"")",12.50,,1,`,
      'Total,12.50,,1,0',
      '',
    ]);
    const refused = world.api('/v1/exports', {
      body: { kind: 'search', query: { q: 'panel' }, columns: ['said'] },
    });
    await expect(refused).rejects.toThrow(/400.*Those of search cannot be chosen/);
  });

  test.each([
    ['search', { q: 'panel', ...period }, 'caller: I want solar panels'],
    ['breakdown', { by: 'publisher', ...period }, 'Total'],
    ['disagreements', { by: 'publisher', ...period }, '12.50'],
    ['disagreeing_calls', period, 'billed_not_qualified'],
  ])('%s', async (kind, query, expected) => {
    const { task, path } = await exported({ kind, query });
    expect(task.detail).toBeNull();
    expect(await readFile(path, 'utf8')).toContain(expected);
  });

  test.each([
    [{ kind: 'calls', query: { publisher: 'North' } }, 'publisher'],
    [{ kind: 'calls', columns: ['password'] }, 'password'],
    [{ kind: 'search', query: {} }, 'q'],
    [{ kind: 'secrets' }, 'kind'],
    [{ kind: 'calls', format: 'exe' }, 'format'],
  ])('what cannot be answered is refused at once: %j', async (body, named) => {
    await expect(world.api('/v1/exports', { body })).rejects.toThrow(new RegExp(`400.*${named}`, 's'));
  });
});

describe('changes and traffic', () => {
  const evil = '=cmd|A1';
  const days = { from: '2024-03-01', to: '2024-03-31', time_zone: 'America/New_York' };
  const evilOnes = { publisher_name: evil, time_zone: 'UTC' };
  const at = '2024-03-05T17:00:00Z';
  let callId: string;

  beforeAll(async () => {
    const { db } = world;
    const connection = await buildConnection(db, { name: '=Far', currency: 'EUR' });
    const call = { publisher_name: evil, call_date: at, first_event_at: at, connected_call_length: '61' };
    const caller = { caller_id: '+12125550001', publisher_name: evil };
    callId = (await buildCall(db, connection, { ...call, ...caller, revenue: '10.10', converted: false })).id;
    const south = { ...call, ...caller, publisher_name: '-South', affiliate_payout: '0.000001' };
    await buildCall(db, connection, { ...south, connected_call_length: '90' });
    await setPayableDuration(db, { connection_id: connection, campaign_name: null, seconds: 60 });
    const stages = { recording: 'failed', transcribe: 'skipped', score: 'skipped' };
    for (const [stage, state] of Object.entries(stages)) {
      const error = state === 'failed' ? { error_code: 'recording.not-found', error_detail: '=gone' } : {};
      await insert(db, 'call_stage', { call_id: callId, stage, state, ...error });
    }
    await sql`update call set revenue = -2.5, converted = true where id = ${callId}`.execute(db);
    // silent: a source that sent a call an hour until twenty days ago
    await sql`
      insert into call (id, connection_id, call_instance_id, first_event_at, last_event_at, merged_rank,
        merged_arrival, publisher_name)
      select 'call_silent_' || n, ${connection}, 'silent ' || n, t, t, 2, 1, '@Silent'
      from generate_series(1, 400) n, lateral (select now() - interval '20 days' - n * interval '1 hour' as t)`.execute(
      db,
    );
  });

  const csvOf = async (kind: string, query: Record<string, string>) => {
    const { task, path } = await exported({ kind, format: 'csv', query });
    expect(task.detail).toBeNull();
    return queryDuckdb(`select * from read_csv('${path}', all_varchar = true, header = true)`);
  };
  const xlsxOf = async (kind: string, query: Record<string, string>) => {
    const { path } = await exported({ kind, format: 'xlsx', query });
    const [first, definitions] = (await readExcelFile(path)) as unknown as { data: unknown[][] }[];
    return { rows: first!.data, defined: definitions?.data.slice(1).map(([column]) => column) ?? [] };
  };

  test('changes: money as money with its currency, anything else as words', async () => {
    const rows = await csvOf('changes', evilOnes);
    expect(rows).toHaveLength(2);
    expect(rows.find((row) => row.Field === 'revenue')).toMatchObject({
      Call: callId,
      Publisher: `'${evil}`,
      Before: '10.10',
      After: "'-2.5",
      'Amount after': '-2.5',
      Difference: '-12.60',
      Currency: 'EUR',
      Cause: 'replay',
    });
    const { path } = await exported({
      kind: 'changes',
      format: 'parquet',
      query: { ...evilOnes, field: 'revenue' },
    });
    const columns = 'publisher_name, amount_before, amount_after, difference, currency';
    const types = 'typeof(difference) as money, typeof(changed_at) as time, epoch_ms(call_at) as call_ms';
    expect(await queryParquet(path, `${columns}, ${types}`)).toEqual([
      {
        publisher_name: evil,
        amount_before: '10.100000',
        amount_after: '-2.500000',
        difference: '-12.600000',
        currency: 'EUR',
        money: 'DECIMAL(18,6)',
        time: 'TIMESTAMP WITH TIME ZONE',
        call_ms: String(Date.parse(at)),
      },
    ]);
    const converted = await xlsxOf('changes', { ...evilOnes, field: 'converted' });
    const cell = (name: string) => converted.rows[1]![converted.rows[0]!.indexOf(name)];
    expect([cell('Publisher'), cell('After'), cell('Currency')]).toEqual([evil, 'true', null]);
    expect(converted.defined).toEqual(['Amount before', 'Amount after', 'Difference']);
  });

  test('changes: all pages, each row once', async () => {
    const { id } = await buildCall(world.db, await buildConnection(world.db), {});
    await sql`
      insert into call_change (call_id, changed_at, field, before, after)
      select ${id}, '2024-05-01'::timestamptz + n / 7 * interval '1 second', 'revenue', n::text, (n + 1)::text
      from generate_series(1, 1201) n`.execute(world.db);
    const { task, path } = await exported({ kind: 'changes', format: 'parquet', query: { call_id: id } });
    expect(task).toMatchObject({ state: 'done', rows_done: 1201 });
    const sums = 'count(distinct amount_before) as n, sum(difference) as difference';
    expect(await queryParquet(path, sums)).toEqual([{ n: '1201', difference: '1201.000000' }]);
  });

  test('coverage: its reasons, and the calls of one', async () => {
    const { rows, defined } = await xlsxOf('coverage', days);
    const told = expect.stringMatching(/\w+/);
    expect(rows).toEqual([
      ['Reason', 'Stage', 'State', 'Code', 'Calls', 'Connected', 'Coverage [%]', 'What to do'],
      ['The recording: recording.not-found', 'recording', 'failed', 'recording.not-found', 1, 1, null, told],
      ['No recording was sent', null, null, null, 1, 1, null, told],
      ['Scored', null, null, null, 0, 0, null, null],
      ['Total', null, null, null, 2, 2, 0, null],
    ]);
    expect(defined).toEqual(['Calls', 'Connected', 'Coverage [%]']);
    const calls = await csvOf('unscored_calls', { ...days, stage: 'recording', code: 'recording.not-found' });
    expect(calls).toMatchObject([
      {
        Call: callId,
        Time: '2024-03-05T12:00:00-05:00',
        Caller: '+12125550001',
        Publisher: `'${evil}`,
        Currency: 'EUR',
        Revenue: '-2.5',
        Code: 'recording.not-found',
        Why: "'=gone",
      },
    ]);
  });

  test('threshold clustering: by publisher, the total last', async () => {
    const query = { ...days, within: '3' };
    expect(await csvOf('threshold_clustering', query)).toMatchObject([
      { Publisher: `'${evil}`, Connected: '1', 'Within 3 s': '1', 'Share within [%]': '100' },
      { Publisher: "'-South", 'Within 3 s': '0', 'Payable from [s]': '60' },
      { Publisher: 'Total', Connected: '2', 'Within 3 s': '1', 'Payable duration unknown': '0' },
    ]);
    const { defined, rows } = await xlsxOf('threshold_clustering', query);
    expect(defined).toEqual(rows[0]!.slice(1));
    expect(rows[1]!.slice(0, 4)).toEqual([evil, 1, 1, 100]);
  });

  test('repeat callers: phone numbers, exact money and its currency, first and last call', async () => {
    expect(await csvOf('repeat_callers', days)).toEqual([
      {
        Caller: '+12125550001',
        Calls: '2',
        'Publishers, calls of each': "'-South 1, =cmd|A1 1",
        Currency: 'EUR',
        Revenue: '-2.5',
        Payout: '0.000001',
        'First call': '2024-03-05T12:00:00-05:00',
        'Last call': '2024-03-05T12:00:00-05:00',
      },
    ]);
    const { path } = await exported({ kind: 'repeat_callers', format: 'parquet', query: days });
    expect(await queryParquet(path, 'caller_id, payout, publishers, typeof(last_call_at) as time')).toEqual([
      {
        caller_id: '+12125550001',
        payout: '0.000001',
        publishers: '-South 1, =cmd|A1 1',
        time: 'TIMESTAMP WITH TIME ZONE',
      },
    ]);
  });

  test('silent sources: in the zone asked for, though the report itself knows none', async () => {
    const rows = await csvOf('silent_sources', { show: 'silent', time_zone: 'Asia/Kolkata' });
    const publisher = rows.find((row) => row.Kind === 'publisher')!;
    expect(publisher).toMatchObject({ Source: "'@Silent", Silent: 'true', 'Usual gap [s]': '3600' });
    expect(publisher['Last call']).toMatch(/\+05:30$/);
    expect(rows.find((row) => row.Kind === 'connection')?.Source).toBe("'=Far");
    const { path } = await exported({ kind: 'silent_sources', format: 'parquet', query: {} });
    expect(await queryParquet(path, 'distinct typeof(silent) as kind')).toEqual([{ kind: 'BOOLEAN' }]);
    const wrong = { kind: 'silent_sources', query: { time_zone: 'Nowhere' } };
    await expect(world.api('/v1/exports', { body: wrong })).rejects.toThrow(/400.*time_zone/s);
  });
});

describe('in the background', () => {
  async function exporterForTest(db: World['db']) {
    const own = await mkdtemp(join(tmpdir(), 'aria-exporter-'));
    const errors: unknown[] = [];
    const exporter = startExporter({
      db,
      folder: own,
      timeZone: 'UTC',
      policySeconds: async () => [],
      onError: (error) => errors.push(error),
    });
    onTestFinished(async () => {
      await exporter.stop();
      await rm(own, { recursive: true, force: true });
    });
    return { exporter, own, errors };
  }
  const asked = { kind: 'calls', query: {}, columns: null, format: 'csv' } as const;

  async function settled(db: World['db'], id: string) {
    for (let i = 0; i < 200; i++) {
      const task = await getExport(db, id);
      if (task && ['done', 'failed'].includes(task.state)) return task;
      await sleep(25);
    }
    throw new Error('did not settle');
  }

  test('an export whose process was killed is begun anew by another', async () => {
    const { db } = await databaseForTest();
    await buildCall(db, await buildConnection(db), {});
    const id = await addExport(db, asked, 'somebody');
    expect((await claimExport(db))?.id).toBe(id);
    expect(await claimExport(db)).toBeNull();
    await sql`update export_task set rows_done = 999, touched_at = now() - interval '1 minute'`.execute(db);
    const { own } = await exporterForTest(db);
    expect(await settled(db, id)).toMatchObject({ state: 'done', rows_done: 1 });
    expect(await readdir(own)).toEqual([`${id}.csv`]);
  });

  test('a question that can no longer be answered fails in words', async () => {
    const { db } = await databaseForTest();
    const id = await addExport(db, { ...asked, query: { from: '2025-02-31' } }, 'somebody');
    await exporterForTest(db);
    expect(await settled(db, id)).toMatchObject({
      state: 'failed',
      detail: 'There is no day 2025-02-31.',
      url: null,
    });
  });

  test('files go when their time is over', async () => {
    const { db } = await databaseForTest();
    const id = await addExport(db, asked, 'somebody');
    const { exporter, own } = await exporterForTest(db);
    await settled(db, id);
    await sql`update export_task set expires_at = now() - interval '1 second'`.execute(db);
    exporter.kick();
    for (let i = 0; i < 100 && (await readdir(own)).length > 0; i++) await sleep(25);
    expect([await readdir(own), await getExport(db, id)]).toEqual([[], null]);
  });
});

test('one that ends its process each time is given up with advice, and its late attempts have no say', async () => {
  const { db } = await databaseForTest();
  const asked = { kind: 'calls', query: {}, columns: null, format: 'csv' } as const;
  const id = await addExport(db, asked, 'somebody');
  const silent = () => sql`update export_task set touched_at = now() - interval '1 minute'`.execute(db);
  const first = (await claimExport(db))!;
  await silent();
  const second = (await claimExport(db))!;
  expect(second).toMatchObject({ id, attempts: 2 });
  await expect(noteProgress(db, first, 1, null)).rejects.toThrow(ExportTaken);
  await finishExport(db, first, { detail: 'too late' });
  await releaseExport(db, first);
  expect(await getExport(db, id)).toMatchObject({ state: 'running' });
  await silent();
  expect(await claimExport(db)).toMatchObject({ attempts: 3 });
  await silent();
  expect(await claimExport(db)).toBeNull();
  const task = await getExport(db, id);
  expect(task).toMatchObject({ state: 'failed', url: null });
  expect(task!.detail).toMatch(/ended three times.*export again/);
});

describe('when a caller is erased', () => {
  const caller = '+18185550177';
  async function erased() {
    const key = await createMachineKey(world.db, 'eraser', ['admin']);
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ caller_id: caller, dry_run: false });
    const response = await fetch(`${world.url}/v1/erasures`, { method: 'POST', headers, body });
    expect(response.ok).toBe(true);
  }
  const statusOf = async (task: ExportTaskBody) =>
    (await fetch(world.url + task.url, { headers: { authorization: `Bearer ${world.key}` } })).status;

  test('files that may hold him are refused from then on, sums stay', async () => {
    await buildCall(world.db, await buildConnection(world.db), { caller_id: caller });
    const calls = (await exported({ kind: 'calls', query: { caller_id: caller } })).task;
    const repeats = (await exported({ kind: 'repeat_callers' })).task;
    const changes = (await exported({ kind: 'changes' })).task;
    const byField = (await exported({ kind: 'breakdown', query: { by: 'extra.email' } })).task;
    const sums = (await exported({ kind: 'breakdown', query: { by: 'publisher' } })).task;
    expect(calls.rows_done).toBe(1);
    await erased();
    const statuses = await Promise.all([calls, repeats, changes, byField, sums].map(statusOf));
    expect(statuses).toEqual([404, 404, 404, 404, 200]);
  });

  test('one that is being written is begun anew, and its file is not kept', async () => {
    const { db } = await databaseForTest();
    const id = await addExport(db, { kind: 'calls', query: {}, columns: null, format: 'csv' }, 'somebody');
    await claimExport(db);
    await expireExports(db);
    await expect(finishExport(db, { id, attempts: 1 }, { bytes: 1, rows: 1 })).rejects.toThrow(ExportTaken);
    expect(await getExport(db, id)).toMatchObject({ state: 'waiting', url: null });
  });
});

test('a file needs the right to read', async () => {
  const { task } = await exported({ kind: 'calls', query: period });
  expect((await fetch(world.url + task.url)).status).toBe(401);
});
