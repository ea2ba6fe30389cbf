import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { AudioProbe } from '../lib/audio/probe-audio.ts';

/** A recording that was fetched for a call, stored and measured. */
export type FoundRecording = {
  callId: string;
  url: string;
  /** SHA-256 of the stored bytes, hex. */
  hash: string;
  bytes: number;
  probe: AudioProbe;
  warnings: string[];
};

const sharedWarning = 'Several calls carry exactly this audio: a placeholder, or a mixed-up address?';

/**
 * Links a call to its recording. Audio that is known already keeps its row, and gets a warning where other calls
 * have it too. Channels with the same sound count as one, and only that one's peaks are kept.
 */
export async function saveRecording(tx: Database, found: FoundRecording): Promise<void> {
  const { probe } = found;
  const peaks = probe.duplicated ? probe.peaks.slice(0, 1) : probe.peaks;
  const inserted = await sql`
    insert into recording (hash, bytes, content_type, codec, channels, sample_rate, seconds, peaks, warnings)
    values (${found.hash}, ${found.bytes}, ${probe.contentType}, ${probe.codec}, ${peaks.length},
      ${probe.sampleRate}, ${probe.seconds.toFixed(3)}, ${JSON.stringify(peaks)}::jsonb,
      ${JSON.stringify(found.warnings)}::jsonb)
    on conflict (hash) do nothing`.execute(tx);
  const { rows } = await sql<{ hash: string }>`
    select hash from call_recording where call_id = ${found.callId}`.execute(tx);
  // known before, and not from this call: it came from another one
  if (inserted.numAffectedRows === 0n && rows[0]?.hash !== found.hash) {
    await sql`
      update recording set warnings = warnings || jsonb_build_array(${sharedWarning}::text)
      where hash = ${found.hash} and not warnings ? ${sharedWarning}`.execute(tx);
  }
  await sql`
    insert into call_recording (call_id, hash, url) values (${found.callId}, ${found.hash}, ${found.url})
    on conflict (call_id) do update set hash = excluded.hash, url = excluded.url, fetched_at = excluded.fetched_at
    where (call_recording.hash, call_recording.url) is distinct from (excluded.hash, excluded.url)`.execute(
    tx,
  );
}
