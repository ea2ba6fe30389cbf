import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../domain/failure.ts';
import type { SafeFetch, SafeRequest } from '../../lib/safe-fetch.ts';
import { SafeFetchError } from '../../lib/safe-fetch-error.ts';
import { explainRefusal } from '../provider/explain-refusal.ts';
import { readTranscript, readUpload, type TranscriptAnswer } from './answer.ts';

export type ClientSettings = {
  safeFetch: SafeFetch;
  /** Without a path: https://api.assemblyai.com or https://api.eu.assemblyai.com. */
  url: string;
  key: string;
  /** Tried in this order by AssemblyAI itself. */
  models: string[];
  /** Real time from the upload to the transcript. */
  totalSeconds: number;
  /** Seconds between two looks whether it is done. */
  pollSeconds: number;
};

/** Real time for a short question and for the last one, which nobody waits for gladly. */
const askSeconds = 60;
const deleteSeconds = 10;

/**
 * One recording's way through AssemblyAI: uploaded, asked for, looked after until it is done, and deleted there.
 * @throws Failure transcribe.*; the signal's reason when aborted
 */
export async function transcribeThere(
  settings: ClientSettings,
  wav: Uint8Array,
  multichannel: boolean,
  signal: AbortSignal,
): Promise<TranscriptAnswer> {
  const { models, totalSeconds, pollSeconds } = settings;
  const host = URL.canParse(settings.url) ? new URL(settings.url).host : settings.url;
  const badAnswer = (to: string) =>
    new Failure('transcribe.bad-answer', 'soon', `${host} sent no answer to ${to}`);
  const end = performance.now() + totalSeconds * 1000;

  const uploaded = readUpload(
    await ask('POST', '/v2/upload', {
      headers: { 'content-type': 'application/octet-stream' },
      body: wav,
      totalSeconds,
    }),
  );
  if (!uploaded) throw badAnswer('the upload');
  const wanted = {
    audio_url: uploaded,
    multichannel,
    speech_models: models,
    language_detection: true,
    punctuate: true,
  };
  const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(wanted) };
  let transcript = readTranscript(await ask('POST', '/v2/transcript', json));
  if (!transcript) throw badAnswer('the request for a transcript');
  const { id } = transcript;
  try {
    while (transcript.status === 'queued' || transcript.status === 'processing') {
      if (performance.now() > end)
        throw new Failure('transcribe.provider-unavailable', 'soon', `${host} took over ${totalSeconds} s`);
      await sleep(pollSeconds * 1000, undefined, { signal }).catch(() => signal.throwIfAborted());
      transcript = readTranscript(await ask('GET', `/v2/transcript/${id}`, {}));
      if (transcript?.id !== id) throw badAnswer('the question whether the transcript is done');
    }
  } finally {
    // what was heard has no business staying there; a call must not fail for it
    await request('DELETE', `/v2/transcript/${id}`, {}).catch(() => undefined);
  }
  if (transcript.status === 'completed') return transcript;
  const detail = `${host} could not transcribe it: ${(transcript.error ?? 'no reason given').slice(0, 200)}`;
  throw new Failure('transcribe.recording-refused', 'never', detail);

  async function ask(method: 'GET' | 'POST', path: string, options: SafeRequest) {
    try {
      return await request(method, path, { ...options, signal });
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof SafeFetchError ? explainRefusal(error) : error;
    }
  }
  async function request(method: 'GET' | 'POST' | 'DELETE', path: string, options: SafeRequest) {
    const headers = { accept: 'application/json', authorization: settings.key, ...options.headers };
    const url = `${settings.url.replace(/\/+$/, '')}${path}`;
    const left = Math.max(0.001, (end - performance.now()) / 1000);
    const patience = method === 'DELETE' ? deleteSeconds : Math.min(askSeconds, left);
    const answer = await settings.safeFetch(url, { totalSeconds: patience, ...options, method, headers });
    return answer.text();
  }
}
