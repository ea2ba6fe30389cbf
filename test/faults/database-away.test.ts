import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import { readConfig } from '../../src/main/config.ts';
import { type RunningAria, runAria } from '../../src/main/run-aria.ts';
import { createConnection } from '../../src/receive/connection-store.ts';
import { openRaw } from '../http/raw-http.ts';
import { createTestDatabase } from '../support/database.ts';
import { openLink } from './breakable-link.ts';

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** An Aria whose database is reached over a link that can be cut. */
async function startLinked() {
  const database = await createTestDatabase();
  endings.push(database.drop);
  const link = await openLink(database.url);
  const folder = await mkdtemp(join(tmpdir(), 'aria-link-'));
  endings.push(() => rm(folder, { recursive: true, force: true }));
  const config = readConfig({
    ARIA_PORT: '0',
    ARIA_DATA_DIR: folder,
    DATABASE_URL: link.url,
    ARIA_LOG_LEVEL: 'silent',
  });
  const aria: RunningAria = await runAria(config, ['serve'], () => undefined);
  endings.push(link.cut, aria.stop, link.mend);
  const keys = await createConnection(database.db, {
    name: 'linked',
    platform: 'generic',
    timeZone: 'UTC',
    currency: 'USD',
    defaultCountry: 'US',
    channelLayout: 'caller-agent',
    scorecard: null,
  });
  const body = (callInstanceId: string) =>
    JSON.stringify({
      api_key: keys.apiKey,
      connection_id: keys.connectionId,
      call_instance_id: callInstanceId,
    });
  const send = (callInstanceId: string) =>
    fetch(`${aria.url}/v1/events`, { method: 'POST', body: body(callInstanceId) });
  const count = async () => {
    const { rows } = await sql<{ count: number }>`select count(*) as count from event`.execute(database.db);
    return rows[0]!.count;
  };
  return { aria, link, body, send, count };
}

async function expectUnavailable(answer: Response) {
  expect(answer.status).toBe(503);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await answer.json()).toMatchObject({ type: '/problems/unavailable' });
}

test('row 47: database down: 503 with Retry-After at once, for known keys and strangers; then it goes on by itself', async () => {
  const { aria, link, send, count } = await startLinked();
  expect((await send('before')).status).toBe(202);
  await link.cut();
  await expectUnavailable(await send('while down'));
  await expectUnavailable(
    await fetch(`${aria.url}/v1/events`, { method: 'POST', body: '{"api_key":"ak_x"}' }),
  );
  expect((await fetch(`${aria.url}/health/ready`)).status).toBe(503);
  expect((await fetch(`${aria.url}/health/live`)).status).toBe(200);
  await link.mend();
  expect((await send('while down')).status).toBe(202);
  expect(await count()).toBe(2);
});

test('no answer needs the database where no event comes: unknown addresses and long ones', async () => {
  const { aria, link } = await startLinked();
  await link.cut();
  expect((await fetch(`${aria.url}/v1/nothing`)).status).toBe(404);
  const raw = await openRaw(aria.url);
  raw.write(`GET /${'x'.repeat(1 << 20)} HTTP/1.1\r\n\r\n`);
  expect((await raw.answer()).status).toBe(414);
});

test('a database that neither answers nor refuses: 503 while senders still wait; each event is stored once', async () => {
  const { link, send, count } = await startLinked();
  expect((await send('before')).status).toBe(202);
  link.clog();
  const ids = Array.from({ length: 30 }, (_, i) => `clogged ${i}`);
  const answers = await Promise.all(ids.map(send));
  for (const answer of answers) await expectUnavailable(answer);
  await link.mend();
  await expect.poll(async () => (await send('after')).status, { timeout: 10_000 }).toBeLessThan(300);
  const again = await Promise.all(ids.map(send));
  expect(again.every((answer) => answer.ok)).toBe(true);
  expect(await count()).toBe(32);
}, 60_000);

test('row 49: stopping answers what is under way and stores it', async () => {
  const { aria, body, count } = await startLinked();
  const raw = await openRaw(aria.url);
  const text = body('under way');
  raw.write(
    `POST /v1/events HTTP/1.1\r\nHost: aria\r\nContent-Length: ${text.length}\r\n\r\n${text.slice(0, 20)}`,
  );
  // answered on another connection, so the first bytes have been read, too
  await fetch(`${aria.url}/health/live`);
  const stopped = aria.stop();
  raw.write(text.slice(20));
  expect((await raw.answer()).status).toBe(202);
  await stopped;
  expect(await count()).toBe(1);
});
