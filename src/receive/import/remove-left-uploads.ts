import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';

/** Longer than an upload may take: nobody writes to a file that is older. */
const leftAfterMs = 24 * 3_600_000;
const uploadName = /^imp_[0-9A-Z]{26}$/;

/**
 * Removes uploads that no import waits for: cut short when their process died, or imported by one that died before it
 * could remove them. Files of any other name are not touched.
 * @returns their names
 */
export async function removeLeftUploads(db: Database, folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const old: string[] = [];
  for (const name of names.filter((entry) => uploadName.test(entry))) {
    // another process may be clearing up as well
    const found = await stat(join(folder, name)).catch(() => null);
    if (found?.isFile() && found.mtimeMs < Date.now() - leftAfterMs) old.push(name);
  }
  if (old.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select id from import where id = any(${old}) and state in ('waiting', 'running')`.execute(db);
  const left = old.filter((name) => !rows.some(({ id }) => id === name));
  for (const name of left) await rm(join(folder, name), { force: true });
  return left;
}
