import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildConnection } from '../report/build-calls.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const cli = fileURLToPath(new URL('../../src/main/cli.ts', import.meta.url));

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'aria-import-'));
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

function aria(
  ...args: string[]
): ChildProcess & { output: Promise<{ code: number | null; out: string; err: string }> } {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [cli, ...args], {
    env: { PATH, DATABASE_URL: database.url, ARIA_DATA_DIR: folder, ARIA_LOG_LEVEL: 'error' },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (data) => {
    out += data;
  });
  child.stderr.on('data', (data) => {
    err += data;
  });
  const output = new Promise<{ code: number | null; out: string; err: string }>((done) => {
    child.on('close', (code) => done({ code, out, err }));
  });
  return Object.assign(child, { output });
}

async function importJson(path: string, connection: string) {
  const { code, out, err } = await aria('import', path, '--connection', connection, '--json').output;
  expect(err).toBe('');
  expect(code).toBe(0);
  return JSON.parse(out) as Record<string, unknown>;
}

async function writeRows(name: string, rows: number): Promise<string> {
  const path = join(folder, name);
  await pipeline(
    Readable.from(
      (function* () {
        yield 'call_instance_id,caller_id,duration,campaign_name\n';
        for (let i = 1; i <= rows; i++)
          yield `${name}-${i},212555${String(i).padStart(4, '0')},${i % 600},"Plumbing, NY"\n`;
      })(),
    ),
    createWriteStream(path),
  );
  return path;
}

async function stored(connection: string) {
  const { rows } = await sql<{ events: number; calls: number }>`
    select (select count(*) from event where connection_id = ${connection}) as events,
      (select count(*) from call where connection_id = ${connection}) as calls`.execute(database.db);
  return rows[0]!;
}

test('a file with faults: the summary, and the rows in error beside it', async () => {
  const connection = await buildConnection(database.db, { name: 'Northgate' });
  const path = join(folder, 'calls.csv');
  await writeFile(path, 'call_instance_id;duration\nA1;10\nA2\nA3;thirty\n');
  expect(await importJson(path, 'Northgate')).toMatchObject({
    finished: true,
    rows: 3,
    accepted: 2,
    unreadable: 1,
    warned: 1,
    resumed_after: 0,
    errors_file: `${path}.errors.csv`,
  });
  const errors = await readFile(`${path}.errors.csv`, 'utf8');
  expect(errors).toBe('\ufeffrow,line,reason\r\n2,3,"The row has 1 cell, the header 2 columns."\r\n');
  expect(await stored(connection)).toEqual({ events: 2, calls: 2 });

  await writeFile(path, 'call_instance_id;duration\nA1;10\nA2;20\n');
  expect(await importJson(path, connection)).toMatchObject({ accepted: 1, duplicates: 1, errors_file: null });
  expect(existsSync(`${path}.errors.csv`)).toBe(false);
});

test('killed in the middle, run again: it goes on there, and nothing is doubled or lost', async () => {
  const connection = await buildConnection(database.db);
  const path = await writeRows('killed.csv', 5_000);
  const first = aria('import', path, '--connection', connection, '--json');
  const deadline = Date.now() + 20_000;
  while ((await stored(connection)).events < 500) {
    if (Date.now() > deadline) throw new Error('the import does not get on');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  first.kill('SIGKILL');
  await first.output;
  const before = await stored(connection);
  expect(before.events).toBeLessThan(5_000);

  const again = await importJson(path, connection);
  expect(again).toMatchObject({ finished: true, rows: 5_000, unreadable: 0 });
  expect(again.resumed_after).toBeGreaterThan(0);
  expect(Number(again.accepted) + Number(again.duplicates)).toBe(5_000);
  expect(await stored(connection)).toEqual({ events: 5_000, calls: 5_000 });

  expect(await importJson(path, connection)).toMatchObject({
    resumed_after: 0,
    accepted: 0,
    duplicates: 5_000,
  });
  expect(await stored(connection)).toEqual({ events: 5_000, calls: 5_000 });
});

test('Ctrl-C stops after the batch under way and says how to go on', async () => {
  const connection = await buildConnection(database.db);
  const path = await writeRows('stopped.csv', 3_000);
  const first = aria('import', path, '--connection', connection, '--json');
  while ((await stored(connection)).events < 200) await new Promise((resolve) => setTimeout(resolve, 10));
  first.kill('SIGINT');
  const { code, out } = await first.output;
  expect(code).toBe(130);
  const stopped = JSON.parse(out) as { finished: boolean; rows: number };
  expect(stopped.finished).toBe(false);
  expect(await stored(connection)).toMatchObject({ events: stopped.rows });
  expect(await importJson(path, connection)).toMatchObject({
    rows: 3_000,
    resumed_after: stopped.rows,
    duplicates: 0,
  });
});

test('what cannot be imported is said in a line', async () => {
  const connection = await buildConnection(database.db);
  const path = join(folder, 'other.csv');
  await writeFile(path, 'name\nJoe\n');
  for (const [file, id, words] of [
    [path, connection, /names its call/],
    [join(folder, 'none.csv'), connection, /no file/],
    [path, 'con_none', /no connection con_none/],
  ] as const) {
    const { code, err, out } = await aria('import', file, '--connection', id).output;
    expect(code).toBe(1);
    expect(err).toMatch(words);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(out).toBe('');
  }
});

test('events tail shows each new event with its warnings', async () => {
  const connection = await buildConnection(database.db, { name: 'Tailed' });
  const tail = aria('events', 'tail', '--connection', connection);
  let shown = '';
  tail.stdout!.on('data', (data) => {
    shown += data;
  });
  const waitFor = async (condition: () => boolean) => {
    const deadline = Date.now() + 15_000;
    while (!condition()) {
      if (Date.now() > deadline) throw new Error(`not shown: ${shown}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  await new Promise((ready) => tail.stderr!.once('data', ready));
  const path = join(folder, 'tailed.csv');
  await new Promise((resolve) => setTimeout(resolve, 300));
  await writeFile(path, 'call_instance_id,duration\nT1,10\nT2,x\n');
  await importJson(path, connection);
  await waitFor(() => shown.includes('T2'));
  tail.kill('SIGINT');
  expect((await tail.output).code).toBe(0);
  const lines = shown.trim().split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^\d{4}-.*accepted .*Tailed {2}T1$/);
  expect(lines[1]).toMatch(/T2 {2}duration:unreadable_value$/);
});
