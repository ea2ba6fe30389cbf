import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Gives names for files that are being written; `path` is new with each call. */
export type DraftFolder = {
  path: () => string;
  /** Removes what dead processes left. */
  clear: () => Promise<void>;
};

const hourMs = 60 * 60 * 1000;
const draftName = /^draft-[0-9a-f-]{36}$/;

/**
 * Makes a folder for drafts, or clears one of what dead processes left. Living ones may go on using it, and
 * files of any other name are not touched.
 * @param staleAfterMs a draft that nobody has written to for so long was left by a process that died
 */
export async function openDraftFolder(folder: string, staleAfterMs = hourMs): Promise<DraftFolder> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await clear(folder, staleAfterMs);
  return { path: () => join(folder, `draft-${randomUUID()}`), clear: () => clear(folder, staleAfterMs) };
}

async function clear(folder: string, staleAfterMs: number): Promise<void> {
  const before = Date.now() - staleAfterMs;
  for (const name of (await readdir(folder)).filter((entry) => draftName.test(entry))) {
    const draft = join(folder, name);
    // another process may be clearing up as well
    const found = await stat(draft).catch(() => null);
    if (found?.isFile() && found.mtimeMs < before) await rm(draft, { force: true });
  }
}
