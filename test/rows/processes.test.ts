import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConnectionSecretBody } from '../../src/contract/connections.ts';
import type { EventBody } from '../../src/contract/events.ts';
import { type AriaProcess, freePort, startAria } from '../faults/aria-process.ts';
import { json } from '../support/json.ts';
import { startWorld, type World } from '../support/world.ts';

/** One Aria in this process and one in a process of its own, on the same database. */
let world: World;
let connection: ConnectionSecretBody;
let other: AriaProcess;
let folder: string;
beforeAll(async () => {
  world = await startWorld({ roles: ['serve'] });
  connection = await world.connect();
  folder = await mkdtemp(join(tmpdir(), 'aria-second-'));
  const env = { DATABASE_URL: world.databaseUrl, ARIA_LOG_LEVEL: 'debug' };
  other = await startAria({ folder, port: await freePort(), env });
}, 90_000);
afterAll(async () => {
  await other?.kill('SIGKILL');
  await world.stop();
  await rm(folder, { recursive: true, force: true });
});

test('row 92: the same bytes at once on two processes are one event, one call and one run of the pipeline', async () => {
  const event = { call_instance_id: 'r92', duration: '78', recording: 'https://recordings.invalid/r92.mp3' };
  const body = JSON.stringify({
    api_key: connection.api_key,
    connection_id: connection.connection_id,
    ...event,
  });
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      fetch(`${i % 2 === 0 ? world.url : other.url}/v1/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      }),
    ),
  );
  const receipts = await Promise.all(answers.map(json));
  expect(receipts.map((receipt) => receipt.status).sort()).toEqual([
    'accepted',
    ...Array(19).fill('duplicate'),
  ]);
  expect(new Set(receipts.map((receipt) => receipt.id)).size).toBe(1);
  const { items } = await world.api<{ items: EventBody[] }>(`/v1/events?call_id=${receipts[0]!.call_id}`);
  expect(items.map((item) => item.deliveries)).toEqual([20]);
  const { rows } = await sql<{ run: number }>`
    select run from call_stage where stage = 'recording'`.execute(world.db);
  expect(rows).toEqual([{ run: 1 }]);
});

test('row 45: a key in the query stays out of everything that the process logs, good request or bad', async () => {
  const query = new URLSearchParams({ api_key: connection.api_key, connection_id: connection.connection_id });
  for (const more of ['&call_instance_id=r45', '&call_instance_id=', '']) {
    await fetch(`${other.url}/v1/events?${query}${more}`);
    await fetch(`${other.url}/v1/nothing?${query}${more}`);
  }
  await fetch(`${other.url}/v1/events?${query}`, { method: 'POST', body: '{"broken' });
  expect(other.output()).not.toBe('');
  expect(other.output()).not.toContain(connection.api_key.slice(3));
});
