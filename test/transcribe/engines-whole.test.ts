import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalServer } from '../../demo/local-server.ts';
import { recordingUrl, startRecordingServer } from '../../demo/recording-server.ts';
import { readSamples, type Sample } from '../../demo/sample.ts';
import type { ConnectionEnginesBody, EngineListBody } from '../../src/contract/engines.ts';
import { addModel } from '../../src/transcribe/models/add-model.ts';
import { json } from '../support/json.ts';
import { startWorld, type World } from '../support/world.ts';
import { loudness, recorded } from './deepgram-answer.ts';
import { answerJson, wavFacts } from './local-server.ts';
import { modelFolder, modelsDir } from './models-dir.ts';

let samples: Sample[];
let recordings: LocalServer;
let deepgram: Server;
let world: World;
let asked = 0;
let credit = false;

beforeAll(async () => {
  samples = await readSamples();
  recordings = await startRecordingServer(samples);
  deepgram = createServer(async (request, response) => {
    asked++;
    const wav = await buffer(request);
    const { channels, seconds } = wavFacts(wav);
    if (credit) return answerJson(response, 200, recorded(channels, seconds, loudness(wav)));
    answerJson(response, 402, { err_code: 'PAYMENT_REQUIRED', err_msg: 'Your credit is used up' });
  });
  await new Promise<void>((resolve) => deepgram.listen(0, '127.0.0.1', resolve));
  world = await startWorld({
    env: {
      ARIA_DEEPGRAM_URL: `http://127.0.0.1:${(deepgram.address() as AddressInfo).port}`,
      ARIA_DEEPGRAM_KEY: 'secret-key',
      ARIA_TRANSCRIBE_PRICES: 'deepgram=0.0043',
      ARIA_ALLOW_HOSTS: `${recordings.host}:${recordings.port}`,
    },
  });
});
afterAll(async () => {
  await world.stop();
  deepgram.close();
  await recordings.close();
});

async function postCall(connection: Awaited<ReturnType<World['connect']>>, index: number) {
  const sample = samples[index]!.id;
  const answer = await world.send(connection, {
    call_instance_id: sample,
    call_date: '07/07/2025 01:59:05 PM',
    recording: recordingUrl(recordings, sample),
  });
  return (await json(answer)).call_id as string;
}
const engineOf = async (name: string) =>
  (await world.api<EngineListBody>('/v1/engines')).items.find((item) => item.engine === name)!;

describe('speech engines of an installation', () => {
  it('a provider without credit parks the calls under one alert, and they go on when it is asked again', async () => {
    const connection = await world.connect();
    const first = await postCall(connection, 0);
    const parked = await world.waitForStage(first, 'transcribe');
    const run = parked.stages.find(({ stage }) => stage === 'transcribe')!;
    expect(run).toMatchObject({ state: 'parked', error: { code: 'transcribe.provider-refused' } });
    expect(run.error!.detail).toContain('Your credit is used up');
    const second = await postCall(connection, 1);
    await world.waitForStage(second, 'transcribe');
    expect(asked).toBe(1);
    expect(await engineOf('deepgram')).toMatchObject({
      set_up: true,
      model: 'nova-3',
      price_per_minute: '0.0043',
      parked_calls: 2,
      alert: { code: 'transcribe.provider-refused', detail: expect.stringContaining('credit') },
    });

    credit = true;
    await world.api('/v1/engines/deepgram/resume', { method: 'POST' });
    for (const id of [first, second]) {
      const call = await world.waitForStage(id, 'transcribe', ['done']);
      expect(call.transcript!.hearing).toMatchObject({ engine: 'deepgram', tried: [] });
      expect(Number(call.transcript!.hearing!.cost)).toBeGreaterThan(0);
      expect(call.transcript!.hearing!.audio_seconds).toBeGreaterThan(1);
    }
    const after = await engineOf('deepgram');
    expect(after).toMatchObject({ alert: null, parked_calls: 0, last_7_days: { calls: 2 } });
    expect(Number(after.last_7_days.cost)).toBeGreaterThan(0);
  });

  it('a connection keeps to its own order, and its calls wait for what is in it', async () => {
    const connection = await world.connect();
    const path = `/v1/connections/${connection.connection_id}/engines`;
    const set = await world.api<ConnectionEnginesBody>(path, { method: 'PUT', body: { engines: ['local'] } });
    expect(set).toMatchObject({ engines: ['local'], in_force: ['local'] });
    const id = await postCall(connection, 2);
    const call = await world.waitForStage(id, 'transcribe');
    const run = call.stages.find(({ stage }) => stage === 'transcribe')!;
    expect(run).toMatchObject({ state: 'parked', error: { code: 'transcribe.no-engine' } });
    expect(run.error!.advice).toContain('npx aria models');
    expect(await engineOf('local')).toMatchObject({ set_up: false, parked_calls: 1 });
    if (!modelsDir) return;
    await addModel(modelFolder('zipformer-en-3.3m'), world.dataFolder);
    const heard = await world.waitForStage(id, 'transcribe', ['done']);
    expect(heard.transcript).toMatchObject({
      engine: 'local:zipformer-en-3.3m',
      hearing: { engine: 'local', cost: null },
    });
  });

  it.each([{ engines: [] }, { engines: ['local', 'local'] }, { engines: ['nobody'] }, {}])(
    'refuses the order %j',
    async (body) => {
      const { connection_id } = await world.connect();
      const work = world.api(`/v1/connections/${connection_id}/engines`, { method: 'PUT', body });
      await expect(work).rejects.toThrow(/^Error: 400|400 /);
    },
  );

  it('knows no order of connections and no engines that are not there', async () => {
    await expect(world.api('/v1/connections/con_x/engines')).rejects.toThrow(/404/);
    await expect(world.api('/v1/engines/nobody/resume', { method: 'POST' })).rejects.toThrow(/400/);
  });
});
