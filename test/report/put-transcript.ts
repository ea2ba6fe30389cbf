import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';
import type { Turn } from '../../src/domain/transcript.ts';
import { saveTranscript } from '../../src/transcribe/save-transcript.ts';

/** A turn that begins at `start` seconds and takes half a second a word. */
export function said(speaker: Turn['speaker'], text: string, start: number): Turn {
  const words = text.split(' ').map((word, i) => ({
    text: word,
    start: start + i / 2,
    end: start + (i + 1) / 2,
    confidence: null,
  }));
  return { speaker, speakerConfidence: 1, start, end: start + words.length / 2, text, words };
}

/** Stores a transcript as the transcribe stage does, in place of an earlier one. */
export async function putTranscript(db: Database, callId: string, turns: Turn[]): Promise<void> {
  const hash = `hash-${callId}`;
  await sql`insert into recording (hash, bytes, content_type, codec, channels, sample_rate, seconds, peaks)
    values (${hash}, 1, 'audio/wav', 'pcm', 2, 8000, 1, '[]') on conflict do nothing`.execute(db);
  await saveTranscript(db, callId, hash, {
    turns,
    redactions: [],
    language: 'en',
    engine: 'test',
    simulated: false,
  });
}
