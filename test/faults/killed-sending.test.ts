import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ExportTaskBody } from '../../src/contract/exports.ts';
import type { SavedReportBody } from '../../src/contract/saved-reports.ts';
import type { ScheduleBody, ScheduleRunBody } from '../../src/contract/schedules.ts';
import { createMachineKey } from '../../src/http/machine-keys.ts';
import { buildConnection } from '../report/build-calls.ts';
import { type MailServer, startMailServer } from '../schedule/mail-server.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type AriaProcess, freePort, type Place, startAria } from './aria-process.ts';

/** The real server is killed, as by kill -9, while it writes an export or sends a report, and started again. */
const calls = 60_000;
let store: TestDatabase;
let place: Place;
let key: string;
let aria: AriaProcess;
let mail: MailServer;
let hook: Server;
let hookUrl: string;
let posted: { headers: IncomingHttpHeaders; body: Buffer }[];
/** Whether what was posted is answered. */
let answers: boolean;

beforeAll(async () => {
  store = await createTestDatabase();
  mail = await startMailServer();
  hook = createServer(async (request, response) => {
    posted.push({ headers: request.headers, body: await buffer(request) });
    if (answers) response.writeHead(204).end();
  }).listen(0, '127.0.0.1');
  await once(hook, 'listening');
  const host = `127.0.0.1:${(hook.address() as AddressInfo).port}`;
  hookUrl = `http://${host}/reports`;
  place = {
    folder: await mkdtemp(join(tmpdir(), 'aria-killed-')),
    port: await freePort(),
    env: {
      DATABASE_URL: store.url,
      ARIA_SMTP_URL: mail.url,
      ARIA_MAIL_FROM: 'reports@example.com',
      ARIA_ALLOW_HOSTS: host,
    },
  };
  key = await createMachineKey(store.db, 'test', ['read', 'write']);
  const connection = await buildConnection(store.db);
  await sql`insert into call (id, connection_id, call_instance_id, merged_rank, merged_arrival, call_date, publisher_name)
    select 'call_' || n, ${connection}, 'c-' || n, 1, n, now() - n * interval '1 second', 'North'
    from generate_series(1, ${calls}::int) n`.execute(store.db);
}, 120_000);
afterAll(async () => {
  await mail.close();
  hook.closeAllConnections();
  hook.close();
  await store.drop();
  await rm(place.folder, { recursive: true, force: true });
});
beforeEach(async () => {
  posted = [];
  answers = false;
  aria = await startAria(place);
}, 120_000);
afterEach(() => aria.kill('SIGKILL'));

async function ask(path: string, body?: unknown): Promise<Response> {
  return fetch(aria.url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

async function api<T>(path: string, body?: unknown): Promise<T> {
  const answer = await ask(path, body);
  expect(answer.ok, `${path}: ${answer.status}`).toBe(true);
  return (await answer.json()) as T;
}

async function until<T>(what: string, look: () => Promise<T | null>, everyMs = 50): Promise<T> {
  const end = Date.now() + 60_000;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > end) throw new Error(`waited in vain: ${what}\n${aria.output()}`);
    await sleep(everyMs);
  }
}

const exportFiles = () => readdir(join(place.folder, 'exports')).catch(() => [] as string[]);

test('an export: never half a file, begun anew and finished', async () => {
  const { id } = await api<ExportTaskBody>('/v1/exports', { kind: 'calls', format: 'csv' });
  const draft = join(place.folder, 'exports', `${id}.csv.1.part`);
  const size = () =>
    stat(draft).then(
      (file) => (file.size > 0 ? file.size : null),
      () => null,
    );
  await until('the first bytes', size, 2);
  await aria.kill('SIGKILL');
  expect(await exportFiles()).toEqual([`${id}.csv.1.part`]);

  aria = await startAria(place);
  expect(await api<ExportTaskBody>(`/v1/exports/${id}`)).toMatchObject({ state: 'running', url: null });
  expect((await ask(`/v1/exports/${id}/file`)).status).toBe(409);
  // half a minute passes
  await sql`update export_task set touched_at = touched_at - interval '1 minute' where id = ${id}`.execute(
    store.db,
  );
  const task = await until('the end of the export', async () => {
    const now = await api<ExportTaskBody>(`/v1/exports/${id}`);
    return now.state === 'done' ? now : null;
  });
  expect(task).toMatchObject({ rows_done: calls, detail: null });
  const lines = (await (await ask(task.url!)).text()).trimEnd().split('\r\n');
  expect(new Set(lines).size).toBe(calls + 1);
  expect(await exportFiles()).toEqual([`${id}.csv`]);
  // asked for again, it is a new one
  const again = await api<ExportTaskBody>('/v1/exports', {
    kind: 'calls',
    format: 'csv',
    query: { to: '2000-01-01' },
  });
  expect(again.id).not.toBe(id);
}, 180_000);

async function schedule(settings: Record<string, unknown>): Promise<string> {
  const report = await api<SavedReportBody>('/v1/saved-reports', {
    name: 'Breakdown',
    kind: 'breakdown',
    query: { period: '7d' },
  });
  const made = await api<ScheduleBody>('/v1/schedules', {
    saved_report_id: report.id,
    every: 'day',
    at_time: '08:00',
    time_zone: 'UTC',
    content: 'csv',
    ...settings,
  });
  // due a minute ago
  await sql`update schedule set next_due_at = now() - interval '1 minute' where id = ${made.id}`.execute(
    store.db,
  );
  return made.id;
}

async function runOf(id: string): Promise<ScheduleRunBody> {
  const { items } = await api<{ items: ScheduleRunBody[] }>(`/v1/schedules/${id}/runs`);
  expect(items).toHaveLength(1);
  return items[0]!;
}

/** Kills the process that is sending, starts another, and lets the two minutes pass after which a run counts as lost. */
async function killAndGoOn(id: string): Promise<ScheduleRunBody> {
  await aria.kill('SIGKILL');
  aria = await startAria(place);
  expect(await runOf(id)).toMatchObject({ state: 'running', attempts: 1 });
  await sql`update schedule_run set touched_at = touched_at - interval '3 minutes' where schedule_id = ${id}`.execute(
    store.db,
  );
  return until('the run', async () => {
    const run = await runOf(id);
    return run.state === 'done' ? run : null;
  });
}

test('a report that is posted: not lost, sent again under the same id, and its file does not stay', async () => {
  const id = await schedule({ channel: 'webhook', url: hookUrl });
  await until('the first post', async () => (posted.length > 0 ? true : null));
  answers = true;
  expect(await killAndGoOn(id)).toMatchObject({ attempts: 2, error: null });
  expect(posted).toHaveLength(2);
  const [first, second] = posted;
  expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
  expect(second!.body.equals(first!.body)).toBe(true);
  expect((await exportFiles()).filter((name) => name.startsWith('run_'))).toEqual([]);
}, 180_000);

test('a report that is mailed: not lost, sent again under the same Message-ID', async () => {
  mail.silence.on = true;
  const id = await schedule({ channel: 'email', recipients: ['ann@example.com'] });
  await until('the first mail', async () => (mail.mails.length > 0 ? true : null));
  mail.silence.on = false;
  const run = await killAndGoOn(id);
  expect(run).toMatchObject({ attempts: 2, error: null });
  expect(mail.mails).toHaveLength(2);
  for (const { data } of mail.mails) expect(data).toContain(`<${run.id}@aria>`);
}, 180_000);
