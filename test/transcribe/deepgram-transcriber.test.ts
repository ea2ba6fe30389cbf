import { describe, expect, it } from 'vitest';
import { createDeepgramTranscriber } from '../../src/transcribe/deepgram/deepgram-transcriber.ts';
import { recorded } from './deepgram-answer.ts';
import { type Arrived, answerJson, localServer, wavFacts } from './local-server.ts';
import { type Misbehave, providerContract } from './provider-contract.ts';
import { soundFile } from './sounds.ts';
import { transcriberConformance } from './transcriber-conformance.ts';

const never = new AbortController().signal;

async function connect(misbehave: Misbehave | null, settings: { totalSeconds?: number } = {}) {
  const arrived: Arrived[] = [];
  const { url, safeFetch } = await localServer((one, response) => {
    arrived.push(one);
    if (misbehave) return misbehave(response);
    const { channels, seconds } = wavFacts(one.body);
    answerJson(response, 200, recorded(channels, seconds));
  });
  const transcribe = createDeepgramTranscriber({
    safeFetch,
    url,
    key: 'secret-key',
    model: 'nova-3',
    pricePerMinute: '0.0043',
    ...settings,
  });
  return { transcribe, arrived };
}

describe('Deepgram', () => {
  describe('as a transcriber', () => {
    transcriberConformance(async () => (await connect(null)).transcribe);
  });
  describe('where answers are no good', () => {
    providerContract(async (misbehave, settings) => (await connect(misbehave, settings)).transcribe, {
      error: (message) => ({ err_code: 'X', err_msg: message, request_id: 'a' }),
    });
  });

  it('sends two channels in one file and asks for them apart', async () => {
    const { transcribe, arrived } = await connect(null);
    const sound = await soundFile([[true, 2]], [[true, 2]]);
    const raw = await transcribe({ ...sound, layout: 'caller-agent' }, never);
    expect(arrived).toHaveLength(1);
    const [{ request, url, body }] = arrived as [Arrived];
    expect(`${request.method} ${url.pathname}`).toBe('POST /v1/listen');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      model: 'nova-3',
      punctuate: 'true',
      multichannel: 'true',
    });
    expect(request.headers).toMatchObject({ authorization: 'Token secret-key', 'content-type': 'audio/wav' });
    expect(wavFacts(body)).toEqual({ channels: 2, seconds: 2 });
    expect(raw.channels[1]!.segments[0]!.words[0]).toMatchObject({ text: 'Word0.', confidence: 0.98 });
    // 2 channels of 2 seconds
    expect(raw.cost).toBe('0.000287');
  });

  it('does not ask for channels where there is one', async () => {
    const { transcribe, arrived } = await connect(null);
    await transcribe({ ...(await soundFile([[true, 2]])), layout: 'mono' }, never);
    expect(arrived[0]!.url.searchParams.has('multichannel')).toBe(false);
  });

  it('does not believe an answer for another number of channels', async () => {
    const { transcribe } = await connect((response) => answerJson(response, 200, recorded(1, 2)));
    const sound = await soundFile([[true, 2]], [[true, 2]]);
    const work = transcribe({ ...sound, layout: 'caller-agent' }, never);
    await expect(work).rejects.toMatchObject({ code: 'transcribe.bad-answer' });
  });

  it('does not believe times outside the recording', async () => {
    const { transcribe } = await connect((response) => answerJson(response, 200, recorded(1, 30)));
    const work = transcribe({ ...(await soundFile([[true, 2]])), layout: 'mono' }, never);
    await expect(work).rejects.toMatchObject({ code: 'transcribe.bad-answer' });
  });
});
