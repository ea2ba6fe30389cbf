import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../domain/failure.ts';
import { AudioError } from '../lib/audio/audio-error.ts';
import { type AudioProbe, probeAudio } from '../lib/audio/probe-audio.ts';
import type { SafeFetch } from '../lib/safe-fetch.ts';
import { SafeFetchError } from '../lib/safe-fetch-error.ts';
import type { BlobStore } from '../storage/blob-store.ts';
import { explainAudioFailure } from './audio-failure.ts';
import { download, NotReady } from './download.ts';
import { explainFetchFailure, type FetchContext } from './fetch-failure.ts';
import type { HostFull, HostGate, HostVerdict } from './host-gate.ts';
import type { Part, PartFolder } from './part-folder.ts';
import { readableText } from './readable-words.ts';
import { silentBelowDecibels } from './recording-warnings.ts';
import type { StoredAudio } from './save-recording.ts';

/** Limits of one download. */
export type RecordingLimits = {
  maxBytes: number;
  /** For one attempt, redirects and body included. */
  totalSeconds: number;
  minimumBytesPerSecond: number;
  maxRedirects: number;
};

export type FetchRecordingDeps = {
  storage: Pick<BlobStore, 'put'>;
  safeFetch: SafeFetch;
  parts: PartFolder;
  gate: HostGate;
  limits: RecordingLimits;
};

/** Until the answer begins. */
const answerSeconds = 60;
/** Silence up to this many seconds is no recording of a call. */
const longestPlaceholder = 5;
/** For so long at most one answer of 503 keeps the other recordings of its host waiting. */
const longestOutageMs = 60_000;

/**
 * Downloads a recording in its turn, checks that it is audio and no placeholder, and stores it.
 * @param wanted `subject` names what is downloaded, so that a later attempt finds what this one left
 * @throws Failure · the signal's reason when stopped
 */
export async function fetchRecording(
  wanted: { url: string; subject: string; signal: AbortSignal; context: Omit<FetchContext, 'now'> },
  deps: FetchRecordingDeps,
): Promise<StoredAudio | HostFull> {
  const pass = deps.gate(new URL(wanted.url).host);
  if ('later' in pass) return pass;
  let verdict: HostVerdict = 'failed';
  const part = await deps.parts.begin(wanted.subject).catch((error) => {
    pass.leave(verdict);
    throw error;
  });
  let isBroken = false;
  try {
    await sleep(pass.waitMs, undefined, { signal: wanted.signal });
    const bytes = await downloadTo(part, wanted, deps).catch((error) => {
      verdict = verdictOf(error);
      isBroken = part.origin !== null && mayGoOn(error, wanted.signal);
      throw explain(error, wanted);
    });
    verdict = 'served';
    pass.leave(verdict);
    const probe = await listen(part.path, wanted);
    return { hash: await deps.storage.put({ file: part.path }), bytes, probe };
  } finally {
    pass.leave(verdict);
    if (!isBroken) await deps.parts.remove(part);
  }
}

async function downloadTo(
  part: Part,
  { url, signal, context }: Parameters<typeof fetchRecording>[0],
  deps: FetchRecordingDeps,
): Promise<number> {
  const headers = { accept: 'audio/*, */*;q=0.5' };
  const { findHostRules } = context;
  return download(url, part, { headers, ...deps.limits, answerSeconds, signal, findHostRules }, deps);
}

/** What broke off may be gone on with; what was refused, or is too large, may not. */
function mayGoOn(error: unknown, signal: AbortSignal): boolean {
  if (signal.aborted) return true;
  return error instanceof SafeFetchError && /^(incomplete|timeout|too-slow|unreachable)$/.test(error.reason);
}

/** 429 speaks for the host; 503 may speak for one recording, which must not hold up the others for long. */
function verdictOf(error: unknown): HostVerdict {
  const answer = error instanceof SafeFetchError ? error.answer : null;
  if (answer?.status === 429) return { busy: answer.retryAfter };
  if (answer?.status !== 503) return 'failed';
  const longest = Date.now() + longestOutageMs;
  return { busy: answer.retryAfter && new Date(Math.min(answer.retryAfter.getTime(), longest)) };
}

function explain(error: unknown, { url, context }: Parameters<typeof fetchRecording>[0]): unknown {
  if (error instanceof SafeFetchError) return explainFetchFailure(error, { ...context, now: new Date() });
  if (error instanceof NotReady) {
    return new Failure('recording.not-found', 'soon', `${new URL(url).host} ${error.message}`);
  }
  return error;
}

async function listen(
  path: string,
  { signal, context }: Parameters<typeof fetchRecording>[0],
): Promise<AudioProbe> {
  try {
    const probe = await probeAudio(path, { signal });
    // a silent line is worth knowing; a second of silence is what some platforms send in place of a recording
    if (probe.loudest >= silentBelowDecibels || probe.seconds > longestPlaceholder) return probe;
  } catch (error) {
    if (error instanceof AudioError) {
      throw explainAudioFailure(error, context.withoutSecrets(await readBeginning(path)));
    }
    throw error;
  }
  throw new Failure('recording.empty-audio', 'never', 'The recording is a few seconds of silence');
}

async function readBeginning(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2_000), 0, 2_000, 0);
    return readableText(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}
