import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EraseResultBody } from '../../src/contract/erasures.ts';
import { createMachineKey } from '../../src/http/machine-keys.ts';
import { tones, wav } from '../recording/make-audio.ts';
import { mediaServer } from '../recording/media-server.ts';
import { startWorld, type World } from '../support/world.ts';

const soon = { timeout: 10_000 };

let world: World;
beforeAll(async () => {
  world = await startWorld({ env: { ARIA_ALLOW_HOSTS: '127.0.0.1' } });
});
afterAll(() => world.stop());

async function audioFiles(): Promise<string[]> {
  const names = await readdir(join(world.dataFolder, 'audio'), { recursive: true });
  return names.filter((name) => /[0-9a-f]{64}$/.test(name));
}

async function count(what: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${what}`.execute(world.db);
  return rows[0]!.n;
}

test('row 115: a recording that is being downloaded when its caller is erased leaves no file', async () => {
  const asked = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const server = await mediaServer(async (_request, response) => {
    asked.resolve();
    await go.promise;
    response.end(wav(tones(2, 8000, [440, 300]), 8000));
  });
  const connection = await world.connect();
  const recording = `${server.url}/rec.wav`;
  await world.send(connection, {
    call_instance_id: 'a',
    caller_id: '+12125550186',
    duration: '2',
    recording,
  });
  await asked.promise;

  const key = await createMachineKey(world.db, 'privacy', ['admin']);
  const response = await fetch(`${world.url}/v1/erasures`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ caller_id: '+12125550186', dry_run: false }),
  });
  expect((await response.json()) as EraseResultBody).toMatchObject({ calls: 1, events: 1 });
  go.resolve();
  // the job ends after the file was stored and its removal asked for
  await expect
    .poll(() => count(sql`pgboss.job where name = 'recording' and state = 'completed'`), soon)
    .toBe(1);
  await expect.poll(audioFiles, soon).toEqual([]);
  await expect.poll(() => count(sql`file_removal`), soon).toBe(0);
  expect(await count(sql`recording`)).toBe(0);
});
