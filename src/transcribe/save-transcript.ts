import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { Transcript } from '../domain/transcript.ts';

/** Writes the redacted transcript of a call, in place of an earlier one; the database indexes its words. */
export async function saveTranscript(
  tx: Database,
  callId: string,
  hash: string,
  transcript: Transcript,
): Promise<void> {
  const { turns, redactions, language, engine, simulated } = transcript;
  await sql`
    insert into transcript (call_id, hash, language, engine, simulated, turns, redactions)
    values (${callId}, ${hash}, ${language}, ${engine}, ${simulated}, ${JSON.stringify(turns)}::jsonb,
      ${JSON.stringify(redactions)}::jsonb)
    on conflict (call_id) do update set
      hash = excluded.hash, language = excluded.language, engine = excluded.engine,
      simulated = excluded.simulated, turns = excluded.turns, redactions = excluded.redactions,
      created_at = now()`.execute(tx);
}
