import { open, rm } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { StageHandler } from '../db/stage.ts';
import { Failure } from '../domain/failure.ts';
import { AudioError } from '../lib/audio/audio-error.ts';
import { type AudioProbe, probeAudio } from '../lib/audio/probe-audio.ts';
import type { SafeFetch } from '../lib/safe-fetch.ts';
import { SafeFetchError } from '../lib/safe-fetch-error.ts';
import type { BlobStore } from '../storage/blob-store.ts';
import { type DraftFolder, openDraftFolder } from '../storage/draft-folder.ts';
import { explainAudioFailure, readableExcerpt } from './audio-failure.ts';
import { explainFetchFailure } from './fetch-failure.ts';
import { recordingWarnings, silentBelowDecibels } from './recording-warnings.ts';
import { repairUrl } from './repair-url.ts';
import { saveRecording } from './save-recording.ts';

export type RecordingStageDeps = {
  db: Database;
  storage: Pick<BlobStore, 'put'>;
  safeFetch: SafeFetch;
  /** Cap on a recording's bytes (ARIA_MAX_RECORDING_MB). */
  maxBytes: number;
  /** Drafts are written here and removed again; made where it does not exist. */
  tempFolder: string;
};

/** Until the answer begins, and in all; servers that trickle are cut off before by the minimum rate. */
const patience = { answerSeconds: 60, totalSeconds: 15 * 60 };

/**
 * Fetches the recording of a call, checks that it is audio with somebody in it, and stores it under the hash of
 * its bytes. Fetching the same audio again writes the same rows.
 */
export function makeRecordingStage(deps: RecordingStageDeps): StageHandler {
  let drafts: DraftFolder | null = null;
  return async (callId, signal) => {
    const call = await readCall(deps.db, callId);
    if (!call?.recording) return { skip: 'the call has no recording address' };
    const repaired = repairUrl(call.recording);
    if (!repaired)
      throw new Failure('recording.bad-url', 'never', 'The recording field is no http(s) address');

    drafts ??= await openDraftFolder(deps.tempFolder);
    const draft = drafts.path();
    try {
      const bytes = await fetchTo(draft, repaired.url, deps, signal);
      const probe = await listen(draft, signal);
      const hash = await deps.storage.put({ file: draft });
      const warnings = [...repaired.repairs, ...recordingWarnings(probe, call.connectedSeconds)];
      const found = { callId, url: withoutCredentials(repaired.url), hash, bytes, probe, warnings };
      return { write: (tx) => saveRecording(tx, found) };
    } finally {
      await rm(draft, { force: true });
    }
  };
}

async function readCall(db: Database, callId: string) {
  const { rows } = await sql<{ recording: string | null; connected: string | null }>`
    select recording, connected_call_length as connected from call where id = ${callId}`.execute(db);
  const row = rows[0];
  return (
    row && {
      recording: row.recording?.trim(),
      connectedSeconds: row.connected === null ? null : Number(row.connected),
    }
  );
}

async function fetchTo(
  draft: string,
  url: string,
  { safeFetch, maxBytes }: RecordingStageDeps,
  signal: AbortSignal,
): Promise<number> {
  try {
    const headers = { accept: 'audio/*, */*;q=0.5' };
    const answer = await safeFetch(url, { headers, maxBytes, ...patience, signal });
    if (answer.status === 200) return await answer.save(draft);
    answer.drop();
    // 202 and 204 mean that it is being made; nothing else in 2xx carries a whole file
    throw new Failure(
      'recording.not-found',
      'soon',
      `${new URL(url).host} answered ${answer.status}: not ready`,
    );
  } catch (error) {
    if (error instanceof SafeFetchError) throw explainFetchFailure(error, new Date());
    throw error;
  }
}

async function listen(draft: string, signal: AbortSignal): Promise<AudioProbe> {
  try {
    const probe = await probeAudio(draft, { signal });
    if (probe.loudest >= silentBelowDecibels) return probe;
  } catch (error) {
    if (error instanceof AudioError) throw explainAudioFailure(error, await readExcerpt(draft));
    throw error;
  }
  throw new Failure('recording.empty-audio', 'never', 'The recording is silent from beginning to end');
}

/** A password in an address is for the server, not for people who read the row. */
function withoutCredentials(text: string): string {
  const url = new URL(text);
  if (!url.username && !url.password) return text;
  url.username = '';
  url.password = '';
  return url.href;
}

async function readExcerpt(draft: string): Promise<string> {
  const file = await open(draft);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2_000), 0, 2_000, 0);
    return readableExcerpt(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}
