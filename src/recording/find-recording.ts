import { sql } from 'kysely';
import type { Database } from '../db/database.ts';

/** What the stage knows of a call before it fetches. */
export type CallToFetch = {
  connectionId: string;
  /** As the events say; null or empty where none was sent. */
  recording: string | null;
  connectedSeconds: number | null;
  /** What was fetched before. */
  link: { hash: string; url: string } | null;
  /** The next stage has begun, or ended, with what was fetched before. */
  wentOn: boolean;
};

/** @returns null where there is no such call */
export async function readCallToFetch(db: Database, callId: string): Promise<CallToFetch | null> {
  const { rows } = await sql<{
    connection_id: string;
    recording: string | null;
    connected: string | null;
    hash: string | null;
    url: string | null;
    went_on: boolean;
  }>`
    select c.connection_id, c.recording, c.connected_call_length as connected, r.hash, r.url,
      exists (select from call_stage s
        where s.call_id = c.id and s.stage = 'transcribe' and s.state <> 'failed') as went_on
    from call c left join call_recording r on r.call_id = c.id where c.id = ${callId}`.execute(db);
  const row = rows[0];
  if (!row) return null;
  return {
    connectionId: row.connection_id,
    recording: row.recording?.trim() ?? null,
    connectedSeconds: row.connected === null ? null : Number(row.connected),
    link: row.hash === null || row.url === null ? null : { hash: row.hash, url: row.url },
    wentOn: row.went_on,
  };
}

/** The audio that another call of the connection got from an address, newest first; null where none did. */
export async function findByAddress(
  db: Database,
  wanted: { connectionId: string; callId: string; url: string },
): Promise<{ hash: string; seconds: number } | null> {
  const { rows } = await sql<{ hash: string; seconds: string }>`
    select r.hash, r.seconds from call_recording l
    join recording r on r.hash = l.hash
    join call c on c.id = l.call_id
    where md5(l.url) = md5(${wanted.url}) and l.url = ${wanted.url}
      and l.call_id <> ${wanted.callId} and c.connection_id = ${wanted.connectionId}
    order by l.fetched_at desc limit 1`.execute(db);
  return rows[0] ? { hash: rows[0].hash, seconds: Number(rows[0].seconds) } : null;
}
