import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { LocalServer } from '../../demo/local-server.ts';
import { recordingUrl, startRecordingServer } from '../../demo/recording-server.ts';
import { readSamples, type Sample } from '../../demo/sample.ts';
import { startSimulatedProvider } from '../../demo/simulated-provider.ts';
import { createMachineKey } from '../../src/http/machine-keys.ts';
import { decodeAudio } from '../../src/lib/audio/decode-audio.ts';
import { json } from '../support/json.ts';
import { startWorld, type World } from '../support/world.ts';

let samples: Sample[];
let recordings: LocalServer;
beforeAll(async () => {
  samples = await readSamples();
  recordings = await startRecordingServer(samples);
});
afterAll(() => recordings.close());

async function begin(env: Record<string, string>): Promise<{ world: World; reader: string; callId: string }> {
  const host = `${recordings.host}:${recordings.port}`;
  const world = await startWorld({ env: { ARIA_ALLOW_HOSTS: host, ...env } });
  const connection = await world.connect();
  const answer = await world.send(connection, {
    call_instance_id: 'c-1',
    call_date: '07/07/2025 01:59:05 PM',
    recording: recordingUrl(recordings, 'drain-paid-by-card'),
    vertical: 'home_services',
  });
  const { call_id: callId } = await json(answer);
  return { world, callId, reader: await createMachineKey(world.db, 'reader', ['read']) };
}

const ask = (world: World, callId: string, key: string, headers: Record<string, string> = {}) =>
  fetch(`${world.url}/v1/calls/${callId}/audio`, { headers: { authorization: `Bearer ${key}`, ...headers } });

async function samplesOf(bytes: Buffer): Promise<{ samples: number[]; rate: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'aria-heard-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'heard');
  await writeFile(path, bytes);
  const all: number[] = [];
  let rate = 0;
  for await (const { sampleRate, channels } of decodeAudio(path)) {
    rate = sampleRate;
    for (const sample of channels[0]!) all.push(sample);
  }
  return { samples: all, rate };
}

describe('a call on which a card was read out', () => {
  let provider: LocalServer;
  let one: Awaited<ReturnType<typeof begin>>;
  beforeAll(async () => {
    provider = await startSimulatedProvider(samples);
    one = await begin({ ARIA_TRANSCRIBE_URL: `${provider.url}/v1`, ARIA_TRANSCRIBE_SIMULATED: 'true' });
  });
  afterAll(async () => {
    await one.world.stop();
    await provider.close();
  });

  test('is played with silence in its place, to those who may read', async () => {
    const { world, callId, reader } = one;
    const { audio } = await world.waitForStage(callId, 'transcribe');
    expect(audio).toMatchObject({ original: 'removed', content_type: 'audio/wav' });
    expect(audio!.muted.length).toBeGreaterThan(0);
    const answer = await ask(world, callId, reader);
    expect(answer.status).toBe(200);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.length).toBe(audio!.bytes);
    const { samples: heard, rate } = await samplesOf(bytes);
    expect(heard.length / rate).toBeCloseTo(audio!.seconds, 0);
    for (const { start, end } of audio!.muted) {
      const part = heard.slice(Math.ceil(start * rate), Math.floor(end * rate));
      expect(part.every((sample) => sample === 0)).toBe(true);
    }
    expect(heard.some((sample) => Math.abs(sample) > 0.05)).toBe(true);
    const range = await ask(world, callId, reader, { range: 'bytes=60-99' });
    expect(Buffer.from(await range.arrayBuffer())).toEqual(bytes.subarray(60, 100));
  });

  test('leaves no file of the original behind', async () => {
    const { world, callId } = one;
    await world.waitForStage(callId, 'transcribe');
    const original = samples.find(({ id }) => id === 'drain-paid-by-card')!.sha256;
    const path = join(world.dataFolder, 'audio', original.slice(0, 2), original.slice(2, 4), original);
    await expect.poll(() => existsSync(path)).toBe(false);
    expect(await readdir(join(world.dataFolder, 'work'))).toEqual([]);
  });

  test('is not heard anew without its original, and says so', async () => {
    const { world, callId } = one;
    await world.waitForStage(callId, 'score');
    const original = samples.find(({ id }) => id === 'drain-paid-by-card')!.sha256;
    const path = join(world.dataFolder, 'audio', original.slice(0, 2), original.slice(2, 4), original);
    await expect.poll(() => existsSync(path)).toBe(false);
    await world.api(`/v1/calls/${callId}/rerun`, { body: { stage: 'transcribe' } });
    const failed = await world.waitForStage(callId, 'transcribe', ['failed']);
    expect(failed.transcript!.turns.some(({ text }) => text.includes('[card_number]'))).toBe(true);
    // fetched again, it is heard again
    await world.api(`/v1/calls/${callId}/rerun`, { body: { stage: 'recording' } });
    await world.waitForStage(callId, 'transcribe', ['done']);
    await expect.poll(() => existsSync(path)).toBe(false);
  });
});

test('before a call is transcribed only those who may change things hear it', async () => {
  const { world, callId, reader } = await begin({});
  onTestFinished(world.stop);
  await world.waitForStage(callId, 'transcribe', ['parked']);
  expect((await ask(world, callId, reader)).status).toBe(403);
  const answer = await ask(world, callId, world.key);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toContain('no-store');
  await answer.body?.cancel();
});
