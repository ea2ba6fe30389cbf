import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SavedReportBody } from '../../src/contract/saved-reports.ts';
import type { ScheduleBody, ScheduleRunBody } from '../../src/contract/schedules.ts';
import { createMachineKey, type Scope } from '../../src/http/machine-keys.ts';
import { scheduleKey } from '../../src/main/schedule-key.ts';
import { claimRun, failRun, noteAlive, planRuns } from '../../src/schedule/due-runs.ts';
import { openWebhookSecret, sealPlainSecrets } from '../../src/schedule/webhook-secret.ts';
import { buildCall, buildConnection } from '../report/build-calls.ts';
import { databaseForTest } from '../support/database.ts';
import { startWorld, type World } from '../support/world.ts';
import { type MailServer, startMailServer } from './mail-server.ts';

type Posted = { headers: IncomingHttpHeaders; body: Buffer };

let mail: MailServer;
let hook: Server;
let hookUrl: string;
let posted: Posted[];
let statuses: number[];
let world: World;
let report: SavedReportBody;

const daily = { every: 'day', at_time: '08:00', time_zone: 'America/New_York' };

beforeAll(async () => {
  mail = await startMailServer();
  hook = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      posted.push({ headers: request.headers, body: Buffer.concat(pieces) });
      response.writeHead(statuses.shift() ?? 204).end();
    });
  });
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  const { port } = hook.address() as AddressInfo;
  hookUrl = `http://127.0.0.1:${port}/reports`;
  world = await startWorld({
    env: {
      ARIA_SMTP_URL: mail.url,
      ARIA_MAIL_FROM: 'Aria <reports@example.com>',
      ARIA_ALLOW_HOSTS: `127.0.0.1:${port}`,
    },
  });
  const connection = await buildConnection(world.db);
  await buildCall(world.db, connection, {
    publisher_name: 'North',
    first_event_at: new Date(Date.now() - 60_000).toISOString(),
  });
  report = await world.api('/v1/saved-reports', {
    body: { name: 'Calls of the week', kind: 'calls', query: { period: '7d', publisher_name: 'North' } },
  });
}, 60_000);
afterAll(async () => {
  await world.stop();
  await mail.close();
  hook.close();
});
beforeEach(() => {
  posted = [];
  statuses = [];
  mail.mails.length = 0;
  mail.answers.length = 0;
});

async function schedule(settings: Record<string, unknown>) {
  return world.api<ScheduleBody & { secret: string | null }>('/v1/schedules', {
    body: { saved_report_id: report.id, ...daily, ...settings },
  });
}

const byMail = { channel: 'email', recipients: ['ann@example.com', 'bob@example.com'], content: 'link' };
const byWebhook = () => ({ channel: 'webhook', url: hookUrl, content: 'link' });

/** Sends it now, and waits until the run has one of the states. */
async function sent(id: string, ...states: string[]): Promise<ScheduleRunBody> {
  await world.api(`/v1/schedules/${id}/send`, { method: 'POST' });
  return settled(id, ...states);
}

async function settled(id: string, ...states: string[]): Promise<ScheduleRunBody> {
  for (let i = 0; i < 400; i++) {
    const { items } = await world.api<{ items: ScheduleRunBody[] }>(`/v1/schedules/${id}/runs`);
    if (items[0] && states.includes(items[0].state)) return items[0];
    await sleep(50);
  }
  throw new Error('the run did not settle');
}

describe('by mail', () => {
  test('a link to all recipients, with the days it is about', async () => {
    const { id } = await schedule(byMail);
    const run = await sent(id, 'done');
    expect(run).toMatchObject({ attempts: 1, error: null });
    expect(mail.mails).toHaveLength(1);
    const [received] = mail.mails;
    expect(received).toMatchObject({
      from: 'reports@example.com',
      to: ['ann@example.com', 'bob@example.com'],
    });
    expect(received!.data).toContain('Subject: Aria: Calls of the week (');
    expect(received!.data).toContain(`<${run.id}@aria>`);
    expect(received!.data.replaceAll('=\r\n', '').replaceAll('=3D', '=')).toContain('publisher_name=North');
  });

  test('a file comes attached', async () => {
    const { id } = await schedule({ ...byMail, content: 'csv' });
    await sent(id, 'done');
    const { data } = mail.mails[0]!;
    expect(data).toMatch(/filename="?Calls-of-the-week-\d{4}-\d{2}-\d{2}\.csv/);
    const [, attached = ''] = /base64[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/.exec(data) ?? [];
    expect(Buffer.from(attached, 'base64').toString()).toContain('North');
  });

  test('a server that is busy is tried again; one that refuses is not, and the operator learns what to do', async () => {
    const { id } = await schedule({ ...byMail, recipients: ['ann@example.com'] });
    mail.answers.push('451 4.3.0 busy, come back');
    const waiting = await sent(id, 'retrying');
    expect(waiting.error).toMatchObject({ code: 'send.mail-unavailable' });
    expect(Date.parse(waiting.next_try_at!)).toBeGreaterThan(Date.now() + 30_000);
    await sql`update schedule_run set next_try_at = now() where id = ${waiting.id}`.execute(world.db);
    expect(await settled(id, 'done')).toMatchObject({ id: waiting.id, attempts: 2, error: null });

    mail.answers.push('550 5.1.1 no such user');
    const failed = await sent(id, 'failed');
    expect(failed.error).toMatchObject({
      code: 'send.mail-refused',
      detail: expect.stringContaining('5.1.1'),
    });
    expect(failed.error!.advice).toContain('recipients');
  });
});

describe('by webhook', () => {
  test('signed as Standard Webhooks has it', async () => {
    const { id, secret } = await schedule(byWebhook());
    const run = await sent(id, 'done');
    const [{ headers, body }] = posted as [Posted];
    expect(JSON.parse(body.toString())).toMatchObject({
      type: 'report.due',
      id: run.id,
      name: 'Calls of the week',
      query: { publisher_name: 'North' },
    });
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const key = Buffer.from(secret!.slice('whsec_'.length), 'base64');
    expect(headers['webhook-id']).toBe(run.id);
    expect(headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
    );
  });

  test('its secret is not readable in the database, nor moved to another schedule', async () => {
    const { id, secret } = await schedule(byWebhook());
    const other = await schedule(byWebhook());
    const { rows } = await sql<{ text: string }>`select s::text as text from schedule s`.execute(world.db);
    const stored = rows.map(({ text }) => text).join('\n');
    expect(stored).not.toContain(secret!.slice('whsec_'.length));
    expect(stored).not.toContain(Buffer.from(secret!).toString('hex'));
    await sql`update schedule set secret_sealed = (select secret_sealed from schedule where id = ${other.id})
      where id = ${id}`.execute(world.db);
    await sent(id, 'retrying');
    expect(posted).toEqual([]);
  });

  test('a secret that an earlier version left in plain text is sealed, and still the same', async () => {
    const { id } = await schedule(byWebhook());
    await sql`update schedule set secret = 'whsec_b2xk', secret_sealed = null where id = ${id}`.execute(
      world.db,
    );
    const key = await scheduleKey(world.db);
    await sealPlainSecrets(world.db, key);
    const { rows } = await sql<{ secret: string | null; sealed: Buffer }>`
      select secret, secret_sealed as sealed from schedule where id = ${id}`.execute(world.db);
    expect(rows[0]!.secret).toBeNull();
    expect(openWebhookSecret(key, id, rows[0]!.sealed)).toBe('whsec_b2xk');
  });

  test('posts the file itself', async () => {
    const { id } = await schedule({ ...byWebhook(), content: 'parquet' });
    await sent(id, 'done');
    expect(posted[0]!.headers['content-type']).toBe('application/vnd.apache.parquet');
    expect(posted[0]!.body.subarray(0, 4).toString()).toBe('PAR1');
  });

  test.each([
    ['changes', { period: '7d', field: 'revenue' }, 'Changed,Call,'],
    ['coverage', { period: '7d' }, 'No recording was sent'],
    ['unscored_calls', { period: '7d', stage: 'none' }, 'North'],
    ['threshold_clustering', { period: '7d' }, 'Publisher,Connected,Within 5 s'],
    ['repeat_callers', { period: '7d' }, 'Caller,Calls,'],
    ['silent_sources', { show: 'all', time_zone: 'UTC' }, 'Source,Kind,Silent'],
  ])('the file of %s', async (kind, query, expected) => {
    const saved = await world.api<SavedReportBody>('/v1/saved-reports', {
      body: { name: kind, kind, query },
    });
    const { id } = await schedule({ ...byWebhook(), content: 'csv', saved_report_id: saved.id });
    expect(await sent(id, 'done')).toMatchObject({ error: null });
    expect(posted[0]!.body.toString()).toContain(expected);
  });

  test('503 is tried again, 410 is not', async () => {
    const { id } = await schedule(byWebhook());
    statuses.push(503);
    expect((await sent(id, 'retrying')).error).toMatchObject({ code: 'send.webhook-unavailable' });
    const other = await schedule(byWebhook());
    statuses.push(410);
    expect((await sent(other.id, 'failed')).error).toMatchObject({ code: 'send.webhook-refused' });
  });

  test('never calls a private address that is not allowed', async () => {
    const { id } = await schedule({ ...byWebhook(), url: 'http://127.0.0.1:9/x' });
    const failed = await sent(id, 'failed');
    expect(failed.error).toMatchObject({ code: 'send.webhook-refused' });
    expect(failed.error!.advice).toContain('ARIA_ALLOW_HOSTS');
  });
});

describe('when it is due', () => {
  test('once, however many processes look at once, and only the latest after a downtime', async () => {
    const { db } = await databaseForTest();
    await sql`insert into saved_report (id, name, owner, page, query) values ('rep', 'r', 'o', 'calls', '{}')`.execute(
      db,
    );
    await sql`insert into schedule (id, saved_report_id, every, at_time, time_zone, channel, content, next_due_at)
      values ('sch', 'rep', 'day', '08:00', 'UTC', 'email', 'link', '2025-07-01T08:00:00Z')`.execute(db);
    const now = new Date('2025-07-07T10:00:00Z');
    await Promise.all(Array.from({ length: 5 }, () => planRuns(db, now)));
    await planRuns(db, now);
    const { rows } = await sql<{ due_at: Date; next: Date }>`
      select r.due_at, s.next_due_at as next from schedule_run r join schedule s on s.id = r.schedule_id`.execute(
      db,
    );
    expect(rows.map(({ due_at, next }) => [due_at.toISOString(), next.toISOString()])).toEqual([
      ['2025-07-07T08:00:00.000Z', '2025-07-08T08:00:00.000Z'],
    ]);

    const claims = await Promise.all(Array.from({ length: 5 }, () => claimRun(db)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    // the process dies while it sends: another goes on later
    const silent = () => sql`update schedule_run set touched_at = now() - interval '3 minutes'`.execute(db);
    await silent();
    const second = await claimRun(db);
    expect(second).toMatchObject({ attempts: 2 });
    // the first was only slow: it has no say any more, but while the second lives nobody else sends it either
    await failRun(db, { ...second!, attempts: 1 }, new Error('too late'));
    await noteAlive(db, second!);
    expect(await claimRun(db)).toBeNull();
    for (let attempt = 3; attempt <= 6; attempt++) {
      await silent();
      expect(await claimRun(db)).toMatchObject({ attempts: attempt });
    }
    // it may be what ends its process: not for ever
    await silent();
    expect(await claimRun(db)).toBeNull();
    const { rows: ended } = await sql`select state, error_code from schedule_run`.execute(db);
    expect(ended).toEqual([{ state: 'failed', error_code: 'send.interrupted' }]);
  });

  test('a worker sends it by itself', async () => {
    const { id } = await schedule(byWebhook());
    await sql`update schedule set next_due_at = now() - interval '1 minute' where id = ${id}`.execute(
      world.db,
    );
    expect(await settled(id, 'done')).toMatchObject({ attempts: 1 });
    const { items } = await world.api<{ items: ScheduleBody[] }>('/v1/schedules');
    expect(Date.parse(items.find((item) => item.id === id)!.next_due_at)).toBeGreaterThan(Date.now());
  });

  test('a paused one is not', async () => {
    const { id } = await schedule(byWebhook());
    const paused = await world.api<ScheduleBody>(`/v1/schedules/${id}`, {
      method: 'PATCH',
      body: { active: false },
    });
    expect(paused.active).toBe(false);
    await sql`update schedule set next_due_at = now() - interval '1 minute' where id = ${id}`.execute(
      world.db,
    );
    await planRuns(world.db, new Date());
    expect(await world.api(`/v1/schedules/${id}/runs`)).toEqual({ items: [], next: null });
  });
});

describe('whose it is', () => {
  const ask = (key: string, path: string, method: string, body?: unknown) =>
    fetch(`${world.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const found = async (id: string) => {
    const { items } = await world.api<{ items: ScheduleBody[] }>('/v1/schedules?limit=500');
    return items.find((item) => item.id === id);
  };

  test('a revoked key sends no more, and says so, until somebody takes the schedule over', async () => {
    const key = await createMachineKey(world.db, 'departing', ['read', 'write']);
    const made = await ask(key, '/v1/schedules', 'POST', {
      saved_report_id: report.id,
      ...daily,
      ...byWebhook(),
    });
    const { id } = (await made.json()) as ScheduleBody;
    expect(await found(id)).toMatchObject({ owner: 'departing', owner_kind: 'key', owner_gone: false });
    await sql`update api_key set revoked_at = now() where name = 'departing'`.execute(world.db);
    expect(await found(id)).toMatchObject({ owner: 'departing', owner_gone: true });
    const refused = await sent(id, 'failed');
    expect(refused.error).toMatchObject({ code: 'send.owner-gone' });
    expect(refused.error!.advice).toContain('Resume the schedule to make it yours');
    expect(posted).toEqual([]);

    await world.api(`/v1/schedules/${id}`, { method: 'PATCH', body: { active: true } });
    expect(await found(id)).toMatchObject({ owner: 'test', owner_gone: false });
    expect(await sent(id, 'done')).toMatchObject({ attempts: 1 });
    expect(posted).toHaveLength(1);
  });

  test('a person who may only look, or is gone, sends no more; resuming what is in good hands moves nothing', async () => {
    const { id } = await schedule(byWebhook());
    await world.api(`/v1/schedules/${id}`, { method: 'PATCH', body: { active: true } });
    expect(await found(id)).toMatchObject({ owner: 'test' });
    await sql`insert into "user" (id, name, email, "emailVerified", role)
      values ('usr_ann', 'Ann', 'ann@example.com', true, 'owner')`.execute(world.db);
    await sql`update schedule set owner = 'ann@example.com', owner_kind = 'person' where id = ${id}`.execute(
      world.db,
    );
    expect(await found(id)).toMatchObject({ owner_gone: false });
    await sql`update "user" set role = 'viewer' where id = 'usr_ann'`.execute(world.db);
    expect(await found(id)).toMatchObject({ owner_gone: true });
    await sql`delete from "user" where id = 'usr_ann'`.execute(world.db);
    expect(await found(id)).toMatchObject({ owner_gone: true });
  });
});

describe('what cannot work is refused', () => {
  test.each([
    [{ ...byMail, recipients: [] }, 'recipients'],
    [{ ...byMail, recipients: ['not an address'] }, 'recipients'],
    [{ channel: 'webhook', content: 'link' }, 'url'],
    [{ ...byMail, at_time: '24:00' }, 'at_time'],
    [{ ...byMail, time_zone: 'Mars/Base' }, 'time_zone'],
    [{ ...byMail, saved_report_id: 'rep_none' }, '404'],
  ])('%j', async (settings, named) => {
    await expect(schedule(settings)).rejects.toThrow(named);
  });

  test('a saved report that asks for nothing known', async () => {
    const body = { name: 'x', kind: 'calls', query: { nonsense: '1' } };
    await expect(world.api('/v1/saved-reports', { body })).rejects.toThrow('nonsense');
  });
});

test("another key's saved report is not removed without the scope `admin`", async () => {
  const body = { name: 'Of another', kind: 'calls', query: {} };
  const saved = await world.api<SavedReportBody>('/v1/saved-reports', { body });
  const remove = async (scopes: Scope[]) => {
    const key = await createMachineKey(world.db, `other ${scopes.length}`, scopes);
    const headers = { authorization: `Bearer ${key}` };
    return (await fetch(`${world.url}/v1/saved-reports/${saved.id}`, { method: 'DELETE', headers })).status;
  };
  expect(await remove(['read', 'write'])).toBe(403);
  expect(await remove(['read', 'write', 'admin'])).toBe(200);
});

test('the same name of the same owner is replaced, and goes with its schedules', async () => {
  const save = (query: object) =>
    world.api<SavedReportBody>('/v1/saved-reports', { body: { name: 'Mine', kind: 'calls', query } });
  const first = await save({ buyer_name: 'A' });
  const second = await save({ buyer_name: 'B' });
  expect(second).toMatchObject({ id: first.id, query: { buyer_name: 'B' }, owner: 'test' });
  await world.api(`/v1/saved-reports/${first.id}`, { method: 'DELETE' });
  const { items } = await world.api<{ items: SavedReportBody[] }>('/v1/saved-reports');
  expect(items.map(({ name }) => name)).not.toContain('Mine');
});
