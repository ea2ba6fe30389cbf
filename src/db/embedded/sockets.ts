import { createHash } from 'node:crypto';
import { chown, lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunAs } from './run-as.ts';

/** A socket's path may have 107 bytes; `/.s.PGSQL.5432.lock` is the longest that PostgreSQL puts into the folder. */
const longestFolder = 107 - '/.s.PGSQL.5432.lock'.length;

/**
 * Where the server of a data folder has its socket: in the data folder, or, where that path is too long, in a
 * folder of its own under the system's temporary one, named by the data folder.
 */
export function socketFolder(folder: string): string {
  const own = join(folder, 'run');
  if (Buffer.byteLength(own) <= longestFolder) return own;
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  return join(tmpdir(), `aria-${name}`);
}

/** @throws Error where somebody else made the folder: the temporary one is everybody's */
export async function makeSocketFolder(folder: string, runAs: RunAs): Promise<string> {
  const sockets = socketFolder(folder);
  await mkdir(sockets, { recursive: true, mode: 0o700 });
  const found = await lstat(sockets);
  const ours = [process.getuid?.(), runAs.owner?.uid];
  if (!found.isDirectory() || !ours.includes(found.uid)) {
    throw new Error(`${sockets} belongs to somebody else. Remove it, or choose a shorter ARIA_DATA_DIR.`);
  }
  if (runAs.owner) await chown(sockets, runAs.owner.uid, runAs.owner.gid);
  return sockets;
}
