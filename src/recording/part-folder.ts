import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';

/** By what a server can tell that its file is still the one of which we have the beginning. */
export type PartOrigin = { etag: string | null; lastModified: string | null; total: number | null };

/** A download under way, or the beginning of one that broke off. */
export type Part = {
  path: string;
  bytes: number;
  /** Null as long as it cannot be gone on with. */
  origin: PartOrigin | null;
};

export type PartFolder = {
  /** A file of one's own to download into: with the beginning that an earlier attempt left, or new and empty. */
  begin: (subject: string) => Promise<Part>;
  /** Makes it possible to go on with the part, even after this process died. */
  remember: (part: Part, origin: PartOrigin) => Promise<void>;
  remove: (part: Part) => Promise<void>;
};

/** A bit longer than the schedule of retries: later nobody comes back for it. */
const keptMs = 26 * 3600 * 1000;
const sweepMs = 3600 * 1000;
const partName = /^(?:part|draft)-[0-9a-f-]+(?:\.json)?$/;

/**
 * Keeps downloads in a folder that several processes may share. An earlier part is copied, never taken over: should
 * the process that wrote it still live, the two do not write into one file.
 */
export async function openPartFolder(folder: string): Promise<PartFolder> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let sweptAt = 0;

  return {
    async begin(subject) {
      if (Date.now() - sweptAt > sweepMs) {
        sweptAt = Date.now();
        await sweep(folder);
      }
      const key = createHash('sha256').update(subject).digest('hex').slice(0, 32);
      const part: Part = { path: join(folder, `part-${key}-${randomUUID()}`), bytes: 0, origin: null };
      for (const earlier of await findParts(folder, key)) {
        if (earlier.bytes > part.bytes && isTrustworthy(earlier)) await copyPart(earlier, part);
        await removePart(earlier);
      }
      return part;
    },
    async remember(part, origin) {
      part.origin = origin;
      await writeFile(originPath(part), JSON.stringify(origin), { mode: 0o600 });
    },
    remove: removePart,
  };
}

type EarlierPart = Part & { changedAt: number };

async function findParts(folder: string, key: string): Promise<EarlierPart[]> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(`part-${key}-`));
  const found = names
    .filter((name) => !name.endsWith('.json'))
    .map(async (name): Promise<EarlierPart | null> => {
      const path = join(folder, name);
      const file = await stat(path).catch(() => null);
      if (!file) return null;
      const text = await readFile(`${path}.json`, 'utf8').catch(() => 'null');
      return { path, bytes: file.size, origin: readOrigin(text), changedAt: file.mtimeMs };
    });
  return (await Promise.all(found)).filter((part) => part !== null);
}

/** What was written before the machine last started may lack what had not reached the disk. */
function isTrustworthy(part: EarlierPart): boolean {
  return part.origin !== null && part.changedAt > Date.now() - uptime() * 1000;
}

async function copyPart(earlier: EarlierPart, part: Part): Promise<void> {
  try {
    await copyFile(earlier.path, part.path, constants.COPYFILE_FICLONE);
    part.bytes = (await stat(part.path)).size;
    part.origin = earlier.origin;
    await writeFile(originPath(part), JSON.stringify(earlier.origin), { mode: 0o600 });
  } catch (error) {
    // whoever wrote it has finished and removed it meanwhile
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function readOrigin(text: string): PartOrigin | null {
  try {
    return JSON.parse(text) as PartOrigin | null;
  } catch {
    // the process died while writing it
    return null;
  }
}

async function removePart(part: Part): Promise<void> {
  await rm(originPath(part), { force: true });
  await rm(part.path, { force: true });
}

function originPath(part: Part): string {
  return `${part.path}.json`;
}

async function sweep(folder: string): Promise<void> {
  for (const name of (await readdir(folder)).filter((entry) => partName.test(entry))) {
    const path = join(folder, name);
    const file = await stat(path).catch(() => null);
    if (file?.isFile() && file.mtimeMs < Date.now() - keptMs) await rm(path, { force: true });
  }
}
