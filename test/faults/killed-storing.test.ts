import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { createSafeFetch } from '../../src/lib/safe-fetch.ts';
import { createHostGate } from '../../src/recording/host-gate.ts';
import { makeRecordingStage } from '../../src/recording/recording-stage.ts';
import { openDiskStore } from '../../src/storage/disk.ts';
import { dropAbandoned } from '../../src/transcribe/mute/drop-abandoned.ts';
import { removeFiles } from '../../src/transcribe/mute/remove-files.ts';
import { tones, wav } from '../recording/make-audio.ts';
import { mediaServer } from '../recording/media-server.ts';
import { databaseForTest } from '../support/database.ts';
import { createConnections, freePort, type Place, startAria } from './aria-process.ts';

/** Two recordings of different sound. */
const sounds = [440, 550].map((pitch) => wav(tones(2, 8000, [pitch, 300]), 8000));

test('kill -9 between storing audio and its row leaves no file that nothing refers to', async () => {
  const store = await databaseForTest();
  const folder = await mkdtemp(join(tmpdir(), 'aria-storing-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const media = await mediaServer((request, response) => response.end(sounds[Number(request.url?.slice(1))]));
  const env = { DATABASE_URL: store.url, ARIA_ALLOW_HOSTS: media.host };
  const place: Place = { folder, port: await freePort(), env };
  const aria = await startAria(place);
  onTestFinished(() => aria.kill('SIGKILL'));
  const [connection] = await createConnections(place, ['generic']);
  const storage = await openDiskStore(join(folder, 'audio'));

  // no row of audio can be written for as long as this lock is held
  await store.db.transaction().execute(async (tx) => {
    await sql`lock table recording in share row exclusive mode`.execute(tx);
    for (const which of [0, 1]) {
      const answer = await fetch(`${aria.url}/v1/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          api_key: connection!.apiKey,
          connection_id: connection!.connectionId,
          call_instance_id: `call-${which}`,
          recording: `${media.url}/${which}`,
        }),
      });
      expect(answer.status).toBe(202);
    }
    await expect.poll(() => storage.unsettled(0), { timeout: 30_000 }).toHaveLength(2);
    await expect
      .poll(async () => Promise.all((await storage.unsettled(0)).map(storage.has)))
      .toEqual([true, true]);
    await aria.kill('SIGKILL');
  });
  const stored = await storage.unsettled(0);
  expect((await sql`select from recording`.execute(store.db)).rows).toEqual([]);

  // one of the two calls is taken up again before the hour has passed, and finds the file by its content
  const safeFetch = createSafeFetch({ allowHosts: [media.host] });
  onTestFinished(() => safeFetch.close());
  const stage = makeRecordingStage({
    db: store.db,
    storage,
    safeFetch,
    tempFolder: join(folder, 'downloads'),
    gate: createHostGate({ concurrency: 4, perSecond: 1_000 }),
    limits: { maxBytes: 1e6, totalSeconds: 30, minimumBytesPerSecond: 1_000, maxRedirects: 5 },
    sealingKey: async () => randomBytes(32),
  });
  const { rows } = await sql<{ id: string }>`
    select id from call where call_instance_id = 'call-0'`.execute(store.db);
  const result = await stage(rows[0]!.id, new AbortController().signal);
  if (!('write' in result)) throw new Error('nothing to write');
  await store.db.transaction().execute((tx) => result.write(tx));
  const [kept] = (await sql<{ hash: string }>`select hash from recording`.execute(store.db)).rows;
  expect(stored).toContain(kept!.hash);

  await dropAbandoned({ db: store.db, storage }, 60_000);
  await removeFiles({ db: store.db, storage });
  expect(await Promise.all(stored.map(storage.has))).toEqual([true, true]);
  await dropAbandoned({ db: store.db, storage }, 0);
  await removeFiles({ db: store.db, storage });
  expect(await Promise.all(stored.map(storage.has))).toEqual(stored.map((hash) => hash === kept!.hash));
  expect(await storage.unsettled(0)).toEqual([]);
}, 120_000);
