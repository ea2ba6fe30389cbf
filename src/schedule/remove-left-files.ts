import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A file of a run is sent within minutes; an older one was left behind by a process that was killed. */
const leftAfterMs = 15 * 60_000;
const fileOfRun = /^run_\w+\.(csv|xlsx|parquet)$/;

/** Removes files of runs whose process was killed while it sent them: they hold calls, and nobody fetches them. */
export async function removeLeftFiles(folder: string, now: Date): Promise<void> {
  const names = await readdir(folder).catch((error: { code?: unknown }) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const name of names.filter((candidate) => fileOfRun.test(candidate))) {
    const path = join(folder, name);
    const file = await stat(path).catch(() => null);
    if (file && file.mtimeMs < now.getTime() - leftAfterMs) await rm(path, { force: true });
  }
}
