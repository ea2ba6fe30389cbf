import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { StageHandler } from '../db/stage.ts';
import type { ChannelLayout } from '../domain/connection.ts';
import { Failure } from '../domain/failure.ts';
import type { Transcript } from '../domain/transcript.ts';
import { AudioError } from '../lib/audio/audio-error.ts';
import { BlobMissing, type BlobStore } from '../storage/blob-store.ts';
import { redact } from './redact/redact.ts';
import { saveTranscript } from './save-transcript.ts';
import type { Audio, RawTranscript, Transcribe } from './transcriber.ts';
import { makeTurns } from './turns/make-turns.ts';

export type TranscribeStageDeps = {
  db: Database;
  storage: Pick<BlobStore, 'path'>;
  /** The engines that can work now, best first. */
  transcribers: () => Promise<Transcribe[]>;
};

/**
 * Turns a call's recording into redacted text. Engines are tried in order; the next one when one fails. What was
 * heard exists in memory only until it is redacted. Running it again writes the same row.
 */
export function makeTranscribeStage(deps: TranscribeStageDeps): StageHandler {
  return async (callId, signal) => {
    const found = await readRecording(deps.db, callId);
    if (!found) return { skip: 'the call has no recording' };
    if (isSilent(found.peaks)) {
      const nothing = { turns: [], redactions: [], language: 'en', engine: 'none', simulated: false };
      return { write: (tx) => saveTranscript(tx, callId, found.hash, nothing) };
    }
    const transcribers = await deps.transcribers();
    if (transcribers.length === 0)
      throw new Failure('transcribe.no-engine', 'park', 'No speech engine is set up');
    const path = await findAudio(deps.storage, found.hash);
    const raw = await tryEach(transcribers, { ...found.audio, path }, signal);
    const transcript = toTranscript(raw, found.audio.layout);
    return {
      write: (tx) => saveTranscript(tx, callId, found.hash, transcript),
      ...(raw.cost === null ? {} : { cost: raw.cost }),
    };
  };
}

async function findAudio(storage: TranscribeStageDeps['storage'], hash: string): Promise<string> {
  try {
    return await storage.path(hash);
  } catch (error) {
    if (!(error instanceof BlobMissing)) throw error;
    throw new Failure('recording.missing-file', 'never', `There is no file ${hash} in the data folder`, {
      cause: error,
    });
  }
}

function toTranscript(raw: RawTranscript, layout: ChannelLayout): Transcript {
  const { language, engine, simulated } = raw;
  return { ...redact(makeTurns(raw, layout)), language, engine, simulated };
}

type Found = { hash: string; peaks: number[][]; audio: Omit<Audio, 'path'> };

async function readRecording(db: Database, callId: string): Promise<Found | null> {
  const { rows } = await sql<{
    hash: string;
    channels: number;
    seconds: string;
    peaks: number[][];
    layout: ChannelLayout;
  }>`
    select recording.hash, recording.channels, recording.seconds, recording.peaks,
      connection.channel_layout as layout
    from call_recording
    join recording using (hash)
    join call on call.id = call_recording.call_id
    join connection on connection.id = call.connection_id
    where call_recording.call_id = ${callId}`.execute(db);
  const row = rows[0];
  if (!row) return null;
  const { hash, channels, seconds, peaks, layout } = row;
  return { hash, peaks, audio: { channels, seconds: Number(seconds), layout } };
}

/** Peaks run from 0 to 255; at 2 (-42 dBFS) even a faint voice is louder. */
const faintest = 2;

/** True where no engine could hear anything, and some would invent something. */
export function isSilent(peaks: readonly (readonly number[])[]): boolean {
  return peaks.length > 0 && peaks.every((channel) => channel.every((peak) => peak <= faintest));
}

/** The first engine's answer that is one. When all fail, the failure that is soonest tried again is reported. */
async function tryEach(
  transcribers: Transcribe[],
  audio: Audio,
  signal: AbortSignal,
): Promise<RawTranscript> {
  const failures: Failure[] = [];
  for (const transcribe of transcribers) {
    try {
      return await transcribe(audio, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof AudioError) {
        throw new Failure('recording.corrupt', 'never', error.message, { cause: error });
      }
      if (!(error instanceof Failure)) throw error;
      failures.push(error);
    }
  }
  throw failures.find((failure) => failure.retry !== 'park' && failure.retry !== 'never') ?? failures[0];
}
