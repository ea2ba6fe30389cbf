import { rm } from 'node:fs/promises';
import type { Redaction } from '../../domain/transcript.ts';
import { joinSpans, muteAudio, type Span } from '../../lib/audio/mute-audio.ts';
import { silenceMuLawWav } from '../../lib/audio/silence-mu-law-wav.ts';
import { type FileSeal, sealFile } from '../../lib/sealed-file.ts';
import type { BlobStore } from '../../storage/blob-store.ts';

export type MuteDeps = {
  storage: Pick<BlobStore, 'put'>;
  /** A new name for a file that this process writes, and removes again. */
  draft: () => Promise<string>;
  /** Originals are kept, encrypted; else they are removed. */
  keepOriginals: boolean;
  sealingKey: () => Promise<Uint8Array>;
};

/** What takes the place of a recording in which something was removed. */
export type MutedRecording = {
  /** In order, apart from each other; in seconds. */
  spans: Span[];
  copy: { hash: string; bytes: number };
  /** The original, encrypted; null where it is not kept. */
  sealedHash: string | null;
};

/**
 * Stores a copy of a recording in which the stretches of redactions are silent, and, where the operator wants it,
 * the original encrypted. Nothing points at either yet; doing it again stores the same copy.
 * @param original `sealed` is what it is kept as already, or null; `copy` is a mu-law copy of all of it, which is
 *   muted in place, or null: then one is made
 * @returns null where there is nothing to mute
 * @throws AudioError; the signal's reason when aborted
 */
export async function storeMuted(
  original: { hash: string; path: string; sealed: string | null; copy: string | null },
  redactions: readonly Pick<Redaction, 'start' | 'end'>[],
  deps: MuteDeps,
  signal: AbortSignal,
): Promise<MutedRecording | null> {
  if (redactions.length === 0) return null;
  const spans = joinSpans(redactions.map(({ start, end }) => ({ start, end })));
  const store = async (file: string, bytes: number) => {
    const copy = { hash: await deps.storage.put({ file }), bytes };
    return { spans, copy, sealedHash: await sealOriginal(original, deps) };
  };
  if (original.copy) return await store(original.copy, await silenceMuLawWav(original.copy, spans));
  const draft = await deps.draft();
  try {
    const { bytes } = await muteAudio(original.path, draft, spans, { signal });
    return await store(draft, bytes);
  } finally {
    await rm(draft, { force: true });
  }
}

async function sealOriginal(
  { hash, path, sealed }: { hash: string; path: string; sealed: string | null },
  deps: MuteDeps,
): Promise<string | null> {
  if (sealed || !deps.keepOriginals) return sealed;
  return await deps.storage.put(sealFile(path, sealOf(await deps.sealingKey(), hash)));
}

/** Under what the original of a recording is sealed. */
export function sealOf(key: Uint8Array, hash: string): FileSeal {
  return { key, context: `recording ${hash}` };
}
