import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { type Rounds, startRounds } from '../../lib/rounds.ts';
import type { BlobStore } from '../../storage/blob-store.ts';
import { type DropAbandonedDeps, dropAbandoned } from './drop-abandoned.ts';

export type RemoveFilesDeps = { db: Database; storage: Pick<BlobStore, 'remove'> };

/**
 * Removes the files that transcripts made superfluous. One that another call is still to be transcribed from stays
 * until that is done. What was asked for and not done, since the process died, is done the next time.
 * @returns how many were removed
 */
export async function removeFiles({ db, storage }: RemoveFilesDeps): Promise<number> {
  const { rows } = await sql<{ hash: string }>`
    select f.hash from file_removal f
    where not exists (
      select from call_recording r join call_stage s on s.call_id = r.call_id and s.stage = 'transcribe'
      where r.hash = f.hash and s.state in ('waiting', 'queued', 'running', 'retrying', 'parked'))
    order by f.requested_at limit 500`.execute(db);
  let removed = 0;
  for (const { hash } of rows) {
    // under the row's lock: who takes the file into use again either comes before, or finds it gone
    await db.transaction().execute(async (tx) => {
      const asked = await sql`delete from file_removal where hash = ${hash}`.execute(tx);
      if (asked.numAffectedRows === 0n) return;
      await storage.remove(hash);
      removed += 1;
    });
  }
  return removed;
}

/** Between two looks when nothing asks for one. */
const pollMs = 60_000;
/** A file that nothing refers to after so long was left by a process that died; nothing is under way for so long. */
const abandonedMs = 3600 * 1000;

/** Removes files now, whenever it is kicked, and every minute; every hour also those that dead processes left. */
export function startRemovingFiles(
  deps: DropAbandonedDeps &
    RemoveFilesDeps & {
      /** Clears other folders of what dead processes left. */
      clear: () => Promise<void>;
      onError: (error: unknown) => void;
    },
): Rounds {
  let lookedAt = Number.NEGATIVE_INFINITY;
  const round = async () => {
    if (performance.now() - lookedAt >= abandonedMs) {
      lookedAt = performance.now();
      await deps.clear();
      await dropAbandoned(deps, abandonedMs);
    }
    await removeFiles(deps);
  };
  return startRounds({ round, pollMs, onError: deps.onError });
}
