import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConnectionSecretBody } from '../../src/contract/connections.ts';
import type { RecordingHostBody } from '../../src/contract/recording-hosts.ts';
import { json } from '../support/json.ts';
import { startWorld, type World } from '../support/world.ts';
import { tones, wav } from './make-audio.ts';
import { mediaServer } from './media-server.ts';

let world: World;
let connection: ConnectionSecretBody;
beforeAll(async () => {
  world = await startWorld({ env: { ARIA_ALLOW_HOSTS: '127.0.0.1' } });
  connection = await world.connect();
});
afterAll(() => world.stop());

let calls = 0;
async function post(recording: string, callInstanceId?: string) {
  calls += 1;
  const id = callInstanceId ?? `call ${calls}`;
  const answer = await world.send(connection, { call_instance_id: id, duration: 2, recording, at: calls });
  return { id, callId: (await json(answer)).call_id as string };
}

const recordingOf = async (callId: string, states: string[]) => {
  const call = await world.waitForStage(callId, 'recording', states);
  return { call, run: call.stages.find(({ stage }) => stage === 'recording')! };
};

let pitch = 500;
function sound(): Buffer {
  pitch += 9;
  return wav(tones(1, 8000, [pitch]), 8000);
}

const serve = (answer: (request: IncomingMessage, response: ServerResponse) => void) => mediaServer(answer);

test('row 134: an expired address ends the attempts, and a fresh one in a later event begins anew', async () => {
  const server = await serve((request, response) => {
    if (request.url === '/fresh') return response.end(sound());
    return response.writeHead(403).end('{"error":"the link has expired"}');
  });
  const { id, callId } = await post(`${server.url}/old`);
  const failed = await recordingOf(callId, ['failed']);
  expect(failed.run).toMatchObject({ attempts: 1, error: { code: 'recording.unauthorized' } });
  expect(failed.run.error!.detail).toContain('the link has expired');
  expect(failed.run.error!.advice).toContain('Set credentials for the host');
  await post(`${server.url}/fresh`, id);
  const { call, run } = await recordingOf(callId, ['done']);
  expect(run).toMatchObject({ attempts: 1, error: null });
  expect(call.audio).toMatchObject({ seconds: 1, codec: 'pcm' });
});

test('row 136: a recording that is not ready is there after the next attempt', async () => {
  let asked = 0;
  const server = await serve((_request, response) => {
    asked += 1;
    if (asked === 1) return response.writeHead(404).end();
    return response.end(sound());
  });
  const { callId } = await post(server.url);
  const early = await recordingOf(callId, ['retrying']);
  expect(early.run).toMatchObject({ error: { code: 'recording.not-found' } });
  expect(early.run.due_at).not.toBeNull();
  expect((await recordingOf(callId, ['done'])).run).toMatchObject({ attempts: 2, error: null });
});

test('row 135: the same address in a later event is not fetched again', async () => {
  const server = await serve((_request, response) => response.end(sound()));
  const { id, callId } = await post(`${server.url}/a`);
  await recordingOf(callId, ['done']);
  await post(`${server.url}/a`, id);
  await post(`${server.url}/b`, id);
  await expect.poll(() => server.requests.length).toBe(2);
  expect(server.requests.map(({ url }) => url)).toEqual(['/a', '/b']);
});

test('row 133: a credential that is set over the API fetches what failed for it, and no answer shows it', async () => {
  const token = 'tk_9f_secret';
  const server = await serve((request, response) => {
    if (request.headers['x-api-key'] !== token) return response.writeHead(401).end();
    return response.end(sound());
  });
  const { callId } = await post(`${server.url}/a`);
  await recordingOf(callId, ['failed']);
  const path = `/v1/connections/${connection.connection_id}/recording-hosts`;
  const auth = { kind: 'header', name: 'X-Api-Key', value: token };
  const saved = await world.api<RecordingHostBody & { rerun: number }>(
    `${path}/${encodeURIComponent(server.host)}`,
    { method: 'PUT', body: { auth } },
  );
  expect(saved).toMatchObject({ host: server.host, auth: 'header', tls: 'system', rerun: 1 });
  const { call } = await recordingOf(callId, ['done']);
  const shown = [saved, call, await world.api(path), await world.api('/v1/connections')];
  expect(JSON.stringify(shown)).not.toContain(token);
});

test.each([
  ['no host', '*.com', { tls: { mode: 'insecure' } }, 'host'],
  ['a header of the download', 'm.example', { auth: { kind: 'header', name: 'Range', value: 'x' } }, 'auth'],
  ['a line break', 'm.example', { auth: { kind: 'bearer', token: 'a\nb' } }, 'auth.token'],
  ['no certificate', 'm.example', { tls: { mode: 'own-ca', ca: 'nothing' } }, 'tls.ca'],
  [
    'a broken certificate',
    'm.example',
    { tls: { mode: 'own-ca', ca: '-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----' } },
    'tls.ca',
  ],
])('a setting that cannot be used is refused: %s', async (_what, host, body, field) => {
  const path = `/v1/connections/${connection.connection_id}/recording-hosts/${encodeURIComponent(host)}`;
  const refused = await world.api(path, { method: 'PUT', body }).catch((error: Error) => error.message);
  expect(refused).toMatch(/^400/);
  expect(refused).toContain(field);
});
