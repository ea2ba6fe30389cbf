import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { AudioProbe } from '../lib/audio/probe-audio.ts';
import { audioWarnings } from './recording-warnings.ts';

/** Audio that was fetched, stored and measured. */
export type StoredAudio = {
  /** SHA-256 of the stored bytes, hex. */
  hash: string;
  bytes: number;
  probe: AudioProbe;
};

/** What links a call to its audio. */
export type RecordingLink = {
  callId: string;
  hash: string;
  /** Without user and password. */
  url: string;
  /** About this call's recording; what is said of the audio stands with the audio. */
  warnings: string[];
};

const sharedWarning = 'Several calls carry exactly this audio: a placeholder, or a mixed-up address?';
const replacedWarning = 'This audio came under a new address and took the place of other audio.';

/**
 * Keeps what was measured of audio. Audio that is known already keeps its row. Channels with the same sound count
 * as one, and only that one's peaks are kept.
 */
export async function saveAudio(tx: Database, { hash, bytes, probe }: StoredAudio): Promise<void> {
  const peaks = probe.duplicated ? probe.peaks.slice(0, 1) : probe.peaks;
  await sql`
    insert into recording (hash, bytes, content_type, codec, channels, sample_rate, seconds, peaks, warnings,
      loudness, silence)
    values (${hash}, ${bytes}, ${probe.contentType}, ${probe.codec}, ${peaks.length},
      ${probe.sampleRate}, ${probe.seconds.toFixed(3)}, ${JSON.stringify(peaks)}::jsonb,
      ${JSON.stringify(audioWarnings(probe))}::jsonb, ${JSON.stringify(probe.loudness)}::jsonb,
      ${probe.silence.toFixed(4)})
    on conflict (hash) do nothing`.execute(tx);
  // the file has an owner again; where a muted copy took its place, it still is to go once that call is transcribed
  await sql`
    delete from file_removal where hash = ${hash}
      and not exists (select from recording where hash = ${hash} and muted_hash is not null)`.execute(tx);
}

/**
 * Links a call to audio that is stored. Audio that other calls have too gets a warning; audio of this call whose
 * place it takes stays known as an earlier recording.
 */
export async function linkRecording(tx: Database, link: RecordingLink): Promise<void> {
  const { callId, hash, url } = link;
  // two calls that get the same audio at once must see each other
  await sql`select from recording where hash = ${hash} for update`.execute(tx);
  await sql`
    update recording set warnings = warnings || jsonb_build_array(${sharedWarning}::text)
    where hash = ${hash} and not warnings ? ${sharedWarning}
      and exists (select from call_recording where hash = ${hash} and call_id <> ${callId})`.execute(tx);
  const replaced = await sql`
    insert into earlier_recording (call_id, hash, url, fetched_at)
    select call_id, hash, url, fetched_at from call_recording
    where call_id = ${callId} and hash <> ${hash}`.execute(tx);
  const isNewAudio = Number(replaced.numAffectedRows ?? 0n) > 0;
  const warnings = JSON.stringify([...link.warnings, ...(isNewAudio ? [replacedWarning] : [])]);
  await sql`
    insert into call_recording (call_id, hash, url, warnings)
    values (${callId}, ${hash}, ${url}, ${warnings}::jsonb)
    on conflict (call_id) do update set hash = excluded.hash, url = excluded.url, warnings = excluded.warnings,
      fetched_at = excluded.fetched_at
    where (call_recording.hash, call_recording.url, call_recording.warnings)
      is distinct from (excluded.hash, excluded.url, excluded.warnings)`.execute(tx);
}
