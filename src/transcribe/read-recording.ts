import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { ChannelLayout } from '../domain/connection.ts';
import type { EngineName } from '../domain/engine.ts';
import type { Audio } from './transcriber.ts';

/** A call's recording as it lies in storage, and what its connection says of it. */
export type FoundRecording = {
  hash: string;
  vertical: string | null;
  /** When the call was. */
  on: Date;
  mutedHash: string | null;
  sealedHash: string | null;
  peaks: number[][];
  audio: Omit<Audio, 'path'>;
  engines: EngineName[] | null;
};

/** @returns null where the call has none */
export async function readRecording(db: Database, callId: string): Promise<FoundRecording | null> {
  const { rows } = await sql<{
    hash: string;
    muted_hash: string | null;
    sealed_hash: string | null;
    vertical: string | null;
    call_at: Date;
    channels: number;
    seconds: string;
    peaks: number[][];
    layout: ChannelLayout;
    engines: EngineName[] | null;
  }>`
    select recording.hash, call.vertical, call.call_at, recording.muted_hash, recording.sealed_hash, recording.channels, recording.seconds, recording.peaks,
      connection.channel_layout as layout, connection.engines
    from call_recording
    join recording using (hash)
    join call on call.id = call_recording.call_id
    join connection on connection.id = call.connection_id
    where call_recording.call_id = ${callId}`.execute(db);
  const row = rows[0];
  if (!row) return null;
  const { hash, channels, seconds, peaks, layout, engines } = row;
  return {
    hash,
    vertical: row.vertical,
    on: new Date(row.call_at),
    mutedHash: row.muted_hash,
    sealedHash: row.sealed_hash,
    peaks,
    audio: { channels, seconds: Number(seconds), layout },
    engines,
  };
}
