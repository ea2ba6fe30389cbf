import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createAssemblyAiTranscriber } from '../../src/transcribe/assemblyai/assemblyai-transcriber.ts';
import { type Arrived, answerJson, localServer, wavFacts } from './local-server.ts';
import { type Misbehave, providerContract } from './provider-contract.ts';
import { soundFile } from './sounds.ts';
import { transcriberConformance } from './transcriber-conformance.ts';

const never = new AbortController().signal;

/** The transcript's form as https://www.assemblyai.com/docs/openapi.json has it. */
function recorded(channels: number, seconds: number) {
  const words = Array.from({ length: channels }, (_, channel) =>
    Array.from({ length: Math.max(1, Math.floor(seconds)) }, (_, index) => ({
      text: `Word${index}.`,
      start: Math.round(Math.min(index + 0.2, seconds / 2) * 1000),
      end: Math.round(Math.min(index + 0.6, seconds) * 1000),
      confidence: 0.97,
      speaker: null,
      ...(channels > 1 ? { channel: String(channel + 1) } : {}),
    })),
  ).flat();
  return { id: 't-1', status: 'completed', language_code: 'en_us', audio_channels: channels, words };
}

type Settings = { totalSeconds?: number };

/** Uploads are always taken; `misbehave` gives the last answer instead of the transcript. */
async function connect(misbehave: Misbehave | null, settings: Settings = {}) {
  const log: string[] = [];
  let uploaded: Arrived | null = null;
  let wanted: unknown = null;
  let looks = 0;
  const routes: Record<string, (arrived: Arrived, response: ServerResponse) => void> = {
    'POST /v2/upload': (arrived, response) => {
      uploaded = arrived;
      answerJson(response, 200, { upload_url: 'https://cdn.example/upload/1' });
    },
    'POST /v2/transcript': ({ body }, response) => {
      wanted = JSON.parse(body.toString());
      answerJson(response, 200, { id: 't-1', status: 'queued' });
    },
    'GET /v2/transcript/t-1': (_arrived, response) => {
      looks++;
      if (looks === 1) return answerJson(response, 200, { id: 't-1', status: 'processing' });
      if (misbehave) return misbehave(response);
      const { channels, seconds } = wavFacts(uploaded!.body);
      answerJson(response, 200, recorded(channels, seconds));
    },
    'DELETE /v2/transcript/t-1': (_arrived, response) => answerJson(response, 200, { id: 't-1' }),
  };
  const { url, safeFetch } = await localServer((arrived, response) => {
    const name = `${arrived.request.method} ${arrived.url.pathname}`;
    log.push(`${name} ${arrived.request.headers.authorization}`);
    routes[name]!(arrived, response);
  });
  const transcribe = createAssemblyAiTranscriber({
    safeFetch,
    url,
    key: 'secret-key',
    models: ['universal-3-pro', 'universal-2'],
    pricePerMinute: '0.0025',
    pollSeconds: 0.01,
    ...settings,
  });
  return { transcribe, log, uploaded: () => uploaded, wanted: () => wanted };
}

describe('AssemblyAI', () => {
  describe('as a transcriber', () => {
    transcriberConformance(async () => (await connect(null)).transcribe);
  });
  describe('where answers are no good', () => {
    providerContract(async (misbehave, settings) => (await connect(misbehave, settings)).transcribe, {
      error: (message) => ({ error: message }),
    });
  });

  it('uploads, asks, looks until it is done, and deletes what is there', async () => {
    const { transcribe, log, uploaded, wanted } = await connect(null);
    const sound = await soundFile([[true, 2]], [[true, 2]]);
    const raw = await transcribe({ ...sound, layout: 'caller-agent' }, never);
    expect(log).toEqual([
      'POST /v2/upload secret-key',
      'POST /v2/transcript secret-key',
      'GET /v2/transcript/t-1 secret-key',
      'GET /v2/transcript/t-1 secret-key',
      'DELETE /v2/transcript/t-1 secret-key',
    ]);
    expect(wavFacts(uploaded()!.body)).toEqual({ channels: 2, seconds: 2 });
    expect(wanted()).toMatchObject({
      audio_url: 'https://cdn.example/upload/1',
      multichannel: true,
      speech_models: ['universal-3-pro', 'universal-2'],
    });
    expect(raw).toMatchObject({ engine: 'assemblyai:universal-3-pro', language: 'en-us', cost: '0.000167' });
    expect(raw.channels[1]!.segments[0]!.words[0]).toMatchObject({ text: 'Word0.', start: 0.2 });
  });

  it('says that a recording could not be transcribed, and deletes it all the same', async () => {
    const { transcribe, log } = await connect((response) =>
      answerJson(response, 200, { id: 't-1', status: 'error', error: 'File contains no audio' }),
    );
    const work = transcribe({ ...(await soundFile([[true, 2]])), layout: 'mono' }, never);
    await expect(work).rejects.toMatchObject({ code: 'transcribe.recording-refused', retry: 'never' });
    expect(log.at(-1)).toMatch(/^DELETE/);
  });

  it('gives up on a transcript that is never done', async () => {
    const { transcribe } = await connect(
      (response) => answerJson(response, 200, { id: 't-1', status: 'processing' }),
      { totalSeconds: 0.2 },
    );
    const work = transcribe({ ...(await soundFile([[true, 2]])), layout: 'mono' }, never);
    await expect(work).rejects.toMatchObject({ code: 'transcribe.provider-unavailable', retry: 'soon' });
  });

  it('does not believe words on a channel that was not sent', async () => {
    const { transcribe } = await connect((response) => answerJson(response, 200, recorded(2, 2)));
    const work = transcribe({ ...(await soundFile([[true, 2]])), layout: 'mono' }, never);
    await expect(work).rejects.toMatchObject({ code: 'transcribe.bad-answer' });
  });

  it('stops looking when it is told to', async () => {
    const abort = new AbortController();
    const { transcribe, log } = await connect((response) => {
      answerJson(response, 200, { id: 't-1', status: 'processing' });
      abort.abort(new Error('shutting down'));
    });
    const work = transcribe({ ...(await soundFile([[true, 2]])), layout: 'mono' }, abort.signal);
    await expect(work).rejects.toThrow('shutting down');
    expect(log.filter((line) => line.startsWith('GET')).length).toBeLessThanOrEqual(3);
  });
});
