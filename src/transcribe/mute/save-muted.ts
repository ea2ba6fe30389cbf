import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { mutedContentType } from '../../lib/audio/mute-audio.ts';
import type { MutedRecording } from './store-muted.ts';

/**
 * Puts a muted copy in the place of a recording, in the transaction that stores the transcript, and names what is no
 * longer to be there: the original, and an earlier copy. Without anything muted the recording itself is played.
 */
export async function saveMuted(tx: Database, hash: string, muted: MutedRecording | null): Promise<void> {
  const { rows } = await sql<{ muted_hash: string | null }>`
    select muted_hash from recording where hash = ${hash} for update`.execute(tx);
  const before = rows[0];
  if (!before) return;
  const gone = before.muted_hash === (muted?.copy.hash ?? null) ? null : before.muted_hash;
  if (gone) await askRemoval(tx, gone);
  if (!muted) {
    await sql`delete from file_removal where hash = ${hash}`.execute(tx);
    await sql`
      update recording set muted_hash = null, muted_bytes = null, muted_content_type = null, muted_spans = '[]'
      where hash = ${hash} and muted_hash is not null`.execute(tx);
    return;
  }
  await sql`delete from file_removal where hash in (${muted.copy.hash}, ${muted.sealedHash})`.execute(tx);
  await sql`
    update recording set muted_hash = ${muted.copy.hash}, muted_bytes = ${muted.copy.bytes},
      muted_content_type = ${mutedContentType}, muted_spans = ${JSON.stringify(muted.spans)}::jsonb,
      sealed_hash = ${muted.sealedHash}
    where hash = ${hash}`.execute(tx);
  await askRemoval(tx, hash);
}

async function askRemoval(tx: Database, hash: string): Promise<void> {
  await sql`insert into file_removal (hash) values (${hash}) on conflict do nothing`.execute(tx);
}
