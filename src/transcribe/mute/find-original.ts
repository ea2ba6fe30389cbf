import { rm } from 'node:fs/promises';
import { Failure } from '../../domain/failure.ts';
import { openSealed, SealBroken } from '../../lib/sealed-file.ts';
import { BlobMissing, type BlobStore } from '../../storage/blob-store.ts';
import { type MuteDeps, sealOf } from './store-muted.ts';

/** A recording's row, as far as it says where the audio is. */
export type StoredRecording = { hash: string; mutedHash: string | null; sealedHash: string | null };

/** A local file with the recording as it was fetched; `release` removes what was unpacked for it. */
export type Original = { path: string; release: () => Promise<void> };

/**
 * The recording as it was fetched: the stored file, or the encrypted one, unpacked for as long as it is needed.
 * @throws Failure transcribe.original-removed where only the muted copy is left; recording.missing-file
 */
export async function findOriginal(
  recording: StoredRecording,
  deps: Pick<MuteDeps, 'draft' | 'sealingKey'> & { storage: Pick<BlobStore, 'path'> },
): Promise<Original> {
  const { hash, mutedHash, sealedHash } = recording;
  const plain = await pathOrNull(deps.storage, hash);
  if (plain) return { path: plain, release: async () => undefined };
  const sealed = sealedHash ? await pathOrNull(deps.storage, sealedHash) : null;
  if (sealed) {
    const draft = await deps.draft();
    try {
      await openSealed(sealed, draft, sealOf(await deps.sealingKey(), hash));
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
      throw new Failure('recording.missing-file', 'never', `The kept original of ${hash}: ${error.message}`);
    }
    return { path: draft, release: () => rm(draft, { force: true }) };
  }
  if (mutedHash) {
    const detail = 'Numbers were removed from this recording, and with them its original';
    throw new Failure('transcribe.original-removed', 'never', detail);
  }
  throw new Failure('recording.missing-file', 'never', `There is no file ${hash} in the data folder`);
}

async function pathOrNull(storage: Pick<BlobStore, 'path'>, hash: string): Promise<string | null> {
  try {
    return await storage.path(hash);
  } catch (error) {
    if (error instanceof BlobMissing) return null;
    throw error;
  }
}
