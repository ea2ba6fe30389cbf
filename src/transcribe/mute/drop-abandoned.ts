import type { Database } from '../../db/database.ts';
import { dropFiles } from '../../db/drop-files.ts';
import type { BlobStore } from '../../storage/blob-store.ts';

export type DropAbandonedDeps = { db: Database; storage: Pick<BlobStore, 'unsettled' | 'settle'> };

/**
 * Asks for the removal of files that were stored so long ago and that no recording has: whoever stored them died, or
 * lost the database, before the row was written. Those that a recording has are settled for good.
 * @param ageMs longer than a stage may take from storing a file to its row; a file stored again counts as new
 */
export async function dropAbandoned({ db, storage }: DropAbandonedDeps, ageMs: number): Promise<void> {
  for (const hash of await storage.unsettled(ageMs)) {
    await dropFiles(db, [hash]);
    await storage.settle(hash);
  }
}
