import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { createConnections, freePort, type Place, startAria } from '../faults/aria-process.ts';
import { databaseForTest } from '../support/database.ts';
import { mediaServer } from './media-server.ts';

test("row 148: no log line tells a recording's address, which may hold the caller's number", async () => {
  const store = await databaseForTest();
  const folder = await mkdtemp(join(tmpdir(), 'aria-quiet-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const media = await mediaServer((request, response) => {
    if (request.url?.includes('refused')) return response.writeHead(403).end('link expired');
    if (request.url?.includes('reset')) return request.socket.destroy();
    return response.end('<html><title>Sign in</title></html>');
  });
  const env = { DATABASE_URL: store.url, ARIA_ALLOW_HOSTS: media.host, ARIA_LOG_LEVEL: 'debug' };
  const place: Place = { folder, port: await freePort(), env };
  const aria = await startAria(place);
  onTestFinished(() => aria.kill('SIGKILL'));
  const [connection] = await createConnections(place, ['generic']);
  const number = '12025550143';
  const kinds = ['refused', 'reset', 'page'];
  for (const kind of kinds) {
    const answer = await fetch(`${aria.url}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        api_key: connection!.apiKey,
        connection_id: connection!.connectionId,
        call_instance_id: kind,
        recording: `${media.url}/${kind}/${number}/a.mp3?token=secret-${number}`,
      }),
    });
    expect(answer.status).toBe(202);
  }
  const failures = async () =>
    (
      await sql<{ error_detail: string }>`
        select error_detail from call_stage where stage = 'recording' and state in ('failed', 'retrying', 'parked')`.execute(
        store.db,
      )
    ).rows;
  await expect.poll(async () => (await failures()).length, { timeout: 30_000 }).toBe(kinds.length);
  expect(JSON.stringify(await failures())).not.toContain(number);
  await aria.kill('SIGTERM');
  expect(aria.output()).toContain('Aria is ready');
  expect(aria.output()).not.toContain(number);
}, 120_000);
