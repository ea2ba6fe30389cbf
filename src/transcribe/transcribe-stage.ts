import { rm } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { dropFiles } from '../db/drop-files.ts';
import type { StageHandler } from '../db/stage.ts';
import type { EngineName } from '../domain/engine.ts';
import { Failure } from '../domain/failure.ts';
import type { SoundMark } from '../domain/sound-mark.ts';
import type { Redaction, Transcript } from '../domain/transcript.ts';
import { AudioError } from '../lib/audio/audio-error.ts';
import { BlobMissing, type BlobStore } from '../storage/blob-store.ts';
import { checkSound, isSilent } from './check-sound.ts';
import { askEngines } from './engines/ask-engines.ts';
import type { Engine } from './engines/engine.ts';
import type { EngineAlerts } from './engines/engine-alerts.ts';
import { mergeMarks } from './merge-marks.ts';
import { findOriginal } from './mute/find-original.ts';
import { saveMuted } from './mute/save-muted.ts';
import { type MuteDeps, type MutedRecording, storeMuted } from './mute/store-muted.ts';
import { readRecording } from './read-recording.ts';
import { kindsFor } from './redact/profiles.ts';
import { redact } from './redact/redact.ts';
import { widenToSpeech } from './redact/widen-to-speech.ts';
import { type Hearing, saveHearing } from './save-hearing.ts';
import { saveTranscript } from './save-transcript.ts';
import type { Survey } from './survey/survey-audio.ts';
import type { RawTranscript } from './transcriber.ts';
import { makeConversation } from './turns/make-turns.ts';
import { type HearVoices, tellVoicesApart } from './voices/tell-voices-apart.ts';

export type TranscribeStageDeps = Omit<MuteDeps, 'storage'> & {
  db: Database;
  storage: Pick<BlobStore, 'path' | 'put'>;
  /** Those of an order that are set up; without one, those of the installation's order. */
  engines: (order: EngineName[] | null) => Promise<Engine[]>;
  alerts: EngineAlerts;
  /** Looks for speech before a recording leaves the machine; null where that cannot be done. */
  survey?:
    | ((audio: { path: string; channels: number }, signal: AbortSignal) => Promise<Survey | null>)
    | undefined;
  /** Tells the voices on one channel apart by models; without it, or without models, they are told apart by their sound. */
  voices?: HearVoices | undefined;
};

/**
 * Turns a call's recording into redacted text. Engines are asked in the connection's order; the next one when one
 * fails. What was heard exists in memory only until it is redacted; what was removed is silent in the audio that is
 * kept. Running it again writes the same row.
 */
export function makeTranscribeStage(deps: TranscribeStageDeps): StageHandler {
  return async (callId, signal) => {
    const found = await readRecording(deps.db, callId);
    if (!found) return { skip: 'the call has no recording' };
    const audioSeconds = found.audio.seconds;
    const write =
      (transcript: Transcript, hearing: Hearing, muted: MutedRecording | null) => async (tx: Database) => {
        // another call with this audio may have been transcribed since: who is last mutes for both
        await lockRecording(tx, found.hash);
        const late = await readOtherRedactions(tx, callId, found.hash);
        const whole = isMuted(muted, late) ? muted : await muteFor(tx, [...transcript.redactions, ...late]);
        await saveTranscript(tx, callId, found.hash, transcript);
        await saveHearing(tx, callId, hearing);
        await saveMuted(tx, found.hash, whole);
        // the same bytes, left by a process that died, may have been on their way out when these were stored
        if (whole) await stillThere(deps.storage, whole);
      };
    const muteFor = async (tx: Database, removed: readonly Redaction[]) => {
      const now = (await readRecording(tx, callId)) ?? found;
      const original = await findOriginal(now, deps);
      try {
        return await storeMuted(
          { ...original, hash: now.hash, sealed: now.sealedHash, copy: null },
          removed,
          deps,
          signal,
        );
      } finally {
        await original.release();
      }
    };
    if (isSilent(found.peaks)) {
      const nothing = { turns: [], redactions: [], language: 'en', engine: 'none', simulated: false };
      const hearing = {
        engine: null,
        audioSeconds,
        engineSeconds: null,
        cost: null,
        warnings: [],
        tried: [],
      };
      return { write: write(nothing, hearing, null) };
    }
    const engines = await deps.engines(found.engines);
    if (engines.length === 0) throw noEngine(found.engines);
    const original = await findOriginal(found, deps);
    const copyTo = await deps.draft();
    try {
      const { path } = original;
      const check = (raw: RawTranscript) => checkSound(raw, found.peaks, audioSeconds);
      const answered = await askEngines(
        engines,
        { ...found.audio, path, copyTo },
        {
          alerts: deps.alerts,
          check,
          survey: deps.survey && (() => deps.survey!({ path, channels: found.audio.channels }, signal)),
        },
        signal,
      );
      const { engine, tried } = answered;
      const raw = await tellVoicesApart(answered.raw, { ...found.audio, path }, deps.voices, signal);
      const { cost, warnings } = raw;
      const engineSeconds = engine ? raw.seconds : null;
      const { turns, warnings: doubts } = makeConversation(raw, found.audio.layout);
      const hearing = {
        engine,
        audioSeconds,
        engineSeconds,
        cost,
        warnings: [...warnings, ...doubts],
        tried,
      };
      const { language, engine: model, simulated } = raw;
      const clean = redact(turns, { kinds: kindsFor(found.vertical), on: found.on });
      const speech = raw.channels.flatMap((channel) => channel.speech ?? []);
      const transcript = {
        turns: clean.turns,
        redactions: widenToSpeech(clean.redactions, clean.turns, speech),
        language,
        engine: model,
        simulated,
      };
      const removed = [...transcript.redactions, ...(await readOtherRedactions(deps.db, callId, found.hash))];
      const copy = raw.copied ? copyTo : null;
      const source = { hash: found.hash, path, sealed: found.sealedHash, copy };
      const muted = await storeMuted(source, removed, deps, signal).catch((error) => {
        if (!(error instanceof AudioError)) throw error;
        throw new Failure('recording.corrupt', 'never', error.message, { cause: error });
      });
      const save = write(transcript, hearing, muted);
      const marks = mergeMarks(raw.channels);
      return {
        write: async (tx) => {
          await save(tx);
          if (marks) await saveMarks(tx, found.hash, marks);
        },
        ...(muted && { discard: () => dropFiles(deps.db, [muted.copy.hash, muted.sealedHash]) }),
        ...(cost === null ? {} : { cost }),
      };
    } finally {
      await rm(copyTo, { force: true });
      await original.release();
    }
  };
}

/** What was removed from the same recording where other calls have it too: it is silent for all of them. */
async function readOtherRedactions(db: Database, callId: string, hash: string): Promise<Redaction[]> {
  const { rows } = await sql<{ redactions: Redaction[] }>`
    select redactions from transcript where hash = ${hash} and call_id <> ${callId}`.execute(db);
  return rows.flatMap(({ redactions }) => redactions);
}

async function lockRecording(tx: Database, hash: string): Promise<void> {
  await sql`select from recording where hash = ${hash} for update`.execute(tx);
}

/** Whether a copy is silent wherever something was removed. */
function isMuted(muted: MutedRecording | null, removed: readonly Redaction[]): boolean {
  const spans = muted?.spans ?? [];
  return removed.every((one) => spans.some((span) => span.start <= one.start && one.end <= span.end));
}

async function stillThere(storage: Pick<BlobStore, 'path'>, { copy, sealedHash }: MutedRecording) {
  try {
    for (const hash of [copy.hash, sealedHash]) if (hash) await storage.path(hash);
  } catch (error) {
    if (!(error instanceof BlobMissing)) throw error;
    const detail = 'The muted copy was removed while it was being stored';
    throw new Failure('recording.unavailable', 'soon', detail, { cause: error });
  }
}

function noEngine(order: EngineName[] | null): Failure {
  const detail = order
    ? `The connection asks for ${order.join(', ')}, and none of it is set up`
    : 'No speech engine is set up';
  return new Failure('transcribe.no-engine', 'park', detail);
}

async function saveMarks(tx: Database, hash: string, marks: SoundMark[]): Promise<void> {
  await sql`update recording set marks = ${JSON.stringify(marks)}::jsonb where hash = ${hash}`.execute(tx);
}
