import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from '../main/run-cli.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { buildCall, buildConnection, qualified, unqualified } from './build-calls.ts';
import { putTranscript, said } from './put-transcript.ts';

let store: TestDatabase;
let folder: string;
const period = ['--from', '2025-07-01', '--to', '2025-07-31', '--time-zone', 'UTC'];

beforeAll(async () => {
  store = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'aria-cli-'));
  const connection = await buildConnection(store.db);
  const north = { publisher_name: 'North', buyer_name: 'Acme', caller_id: '+12125550001' };
  const { id } = await buildCall(store.db, connection, { ...north, revenue: '40.00', outcome: unqualified });
  await putTranscript(store.db, id, [said('caller', 'I rent the place', 3)]);
  await buildCall(store.db, connection, { ...north, publisher_name: 'South', outcome: qualified });
});
afterAll(async () => {
  await store.drop();
  await rm(folder, { recursive: true, force: true });
});

const aria = (...args: string[]) => runCli(args, { DATABASE_URL: store.url, ARIA_DATA_DIR: folder });

test('every report beside the breakdown answers as a table and as JSON', async () => {
  const table = await aria('report', 'disagreements', '--by', 'buyer', ...period);
  expect(table.stdout).toMatch(/Acme\s+2\s+2\s+1\s+40\.00/);
  const json = async (...args: string[]) => JSON.parse((await aria(...args, '--json')).stdout);
  expect(await json('report', 'repeat-callers', ...period)).toMatchObject({ items: [{ calls: 2 }] });
  expect(await json('report', 'coverage', ...period)).toMatchObject({ calls: 2, scored: 2 });
  expect(await json('report', 'threshold-clustering', ...period)).toMatchObject({ within_seconds: 5 });
  expect(await json('report', 'silent-sources')).toMatchObject({ items: [] });
}, 120_000);

test('every report and export says what its figures count', async () => {
  const reports: [args: string[], words: string][] = [
    [['report'], 'Connected: Calls with a connected length above 0 seconds.'],
    [['report', 'disagreements'], 'Scored: Calls whose recording was transcribed and judged.'],
    [['report', 'coverage'], 'Out of: connected.'],
    [['report', 'threshold-clustering'], 'Just below: Of the calls within'],
    [['report', 'repeat-callers'], 'Calls of the caller: '],
    [['report', 'silent-sources'], 'Usual gap: Median'],
    [['report', 'scorecard', 'publisher', 'North'], 'Qualified: '],
    [['export', 'breakdown'], 'Connect rate [%],Connected ÷ calls. Out of: calls.'],
    [['export', 'threshold_clustering'], 'Just below,"Of the calls within'],
    [['export', 'changes'], 'Difference,"After − before'],
    [['review', 'agreement'], "Kappa: Cohen's kappa"],
  ];
  for (const [args, words] of reports)
    expect((await aria(...args, '--definitions')).stdout, args.join(' ')).toContain(words);
}, 120_000);

test('a scorecard as a file', async () => {
  const path = join(folder, 'north.html');
  await aria('report', 'scorecard', 'publisher', 'North', ...period, '--output', path);
  expect(await readFile(path, 'utf8')).toContain('Publisher scorecard: North');
}, 60_000);

test('a link to a scorecard is given out, listed and taken back', async () => {
  const days = ['--from', '2025-07-01', '--to', '2025-07-31', '--time-zone', 'UTC'];
  const json = async (...args: string[]) => JSON.parse((await aria(...args, '--json')).stdout);
  const link = await json('links', 'add', 'publisher', 'North', ...days, '--days', '3');
  expect(link.url).toContain('/share/');
  expect((await aria('links', 'list')).stdout).toMatch(/publisher North\s.*command line\s.*opens until/);
  expect(await json('links', 'list', '--party', 'buyer')).toEqual({ items: [], next: null });
  expect(await json('links', 'revoke', link.id)).toMatchObject({ revoked_by: 'command line' });
  expect((await aria('links', 'list')).stdout).toMatch(/taken back .* by command line/);
  expect((await aria('links', 'revoke', 'lnk_none')).stderr).toContain('There is no link lnk_none');
  expect((await aria('links', 'add', 'publisher', 'North', ...days, '--days', '91')).stderr).toContain(
    '--days',
  );
}, 120_000);

test('a schedule has an owner, is paused and resumed', async () => {
  const json = async (...args: string[]) => JSON.parse((await aria(...args, '--json')).stdout);
  const saved = await json('saved-report', 'add', 'Weekly', '--kind', 'calls', '--filter', 'period=7d');
  const made = await json(
    'schedule',
    'add',
    saved.id,
    '--every',
    'day',
    '--at',
    '08:00',
    '--mail',
    'ann@example.com',
  );
  expect(made).toMatchObject({ owner: 'command line', owner_kind: 'command line', owner_gone: false });
  expect(await json('schedule', 'pause', made.id)).toMatchObject({ active: false });
  expect((await aria('schedule', 'list')).stdout).toMatch(/command line\s+paused/);
  expect(await json('schedule', 'resume', made.id)).toMatchObject({ active: true });
}, 120_000);

test('search shows who said it and when', async () => {
  const found = await aria('search', '"rent the"', ...period);
  expect(found.stdout).toContain('0:03 caller: I [rent] [the] place');
  expect((await aria('search', 'a NEAR/99 b')).stderr).toContain('NEAR reaches from 1 to 50 words');
}, 60_000);

test('export writes to standard output or into a file', async () => {
  const filter = [
    '--filter',
    'from=2025-07-01',
    '--filter',
    'to=2025-07-31',
    '--filter',
    'publisher_name=North',
  ];
  const csv = await aria('export', 'calls', ...filter, '--columns', 'publisher_name,revenue');
  expect(csv.stdout).toBe('\ufeffPublisher,Revenue\r\nNorth,40.00\r\n');
  const path = join(folder, 'calls.parquet');
  const file = await aria('export', 'calls', ...filter, '--format', 'parquet', '--output', path, '--json');
  expect(JSON.parse(file.stdout)).toMatchObject({ rows: 1, format: 'parquet' });
  expect((await readFile(path)).subarray(0, 4).toString()).toBe('PAR1');
  const repeats = await aria('export', 'repeat_callers', ...filter.slice(0, 4));
  expect(repeats.stdout).toMatch(/^\+12125550001,2,"North 1, South 1",USD,40.00,,/m);
  const coverage = await aria('export', 'coverage', ...filter.slice(0, 4));
  expect(coverage.stdout).toMatch(/^Total,,,,2,0,,/m);
  expect((await aria('export', 'calls', '--filter', 'nonsense=1')).stderr).toContain('nonsense');
}, 60_000);

test('saved reports and schedules', async () => {
  const saved = await aria(
    'saved-report',
    'add',
    'Weekly',
    '--kind',
    'calls',
    '--filter',
    'period=7d',
    '--json',
  );
  const { id } = JSON.parse(saved.stdout);
  const added = await aria(
    'schedule',
    'add',
    id,
    '--every',
    'week',
    '--weekday',
    '1',
    '--at',
    '08:00',
    '--mail',
    'a@example.com',
  );
  expect(added.stdout).toContain('due first at');
  expect((await aria('schedule', 'list')).stdout).toMatch(/Weekly\s+week\s+08:00 UTC\s+a@example\.com/);
}, 60_000);
