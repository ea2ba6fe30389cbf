import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LocalServer } from '../../demo/local-server.ts';
import { recordingUrl, startRecordingServer } from '../../demo/recording-server.ts';
import { readSamples, samplesFolder } from '../../demo/sample.ts';

const samples = await readSamples();
let server: LocalServer;

beforeAll(async () => {
  server = await startRecordingServer(samples);
});
afterAll(() => server.close());

test('serves a sample as it is, with its type', async () => {
  const response = await fetch(recordingUrl(server, 'voicemail'));
  expect(response.headers.get('content-type')).toBe('audio/wav');
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(bytes.equals(await readFile(`${samplesFolder}/audio/voicemail.wav`))).toBe(true);
});

test('has a late recording from the second request on', async () => {
  const url = recordingUrl(server, 'menu-only', 'late');
  expect((await fetch(url)).status).toBe(404);
  expect((await fetch(url)).status).toBe(200);
});

test('sends whoever wants a moved recording on to it', async () => {
  const response = await fetch(recordingUrl(server, 'menu-only', 'moved'), { redirect: 'manual' });
  expect(response.status).toBe(302);
  expect(new URL(response.headers.get('location') ?? '', server.url).href).toBe(
    recordingUrl(server, 'menu-only'),
  );
});

test('answers with a page under the name of a recording, and keeps to it', async () => {
  const url = recordingUrl(server, 'menu-only', 'login-page');
  for (const _ of [1, 2]) expect((await fetch(url)).headers.get('content-type')).toBe('text/html');
});

test('has no recording that is no sample', async () => {
  expect((await fetch(recordingUrl(server, 'unheard-of'))).status).toBe(404);
});
