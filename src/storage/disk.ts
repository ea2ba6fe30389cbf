import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, mkdir, open, readdir, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { BlobMissing, type BlobSource, type BlobStore } from './blob-store.ts';
import { openDraftFolder } from './draft-folder.ts';

/**
 * Blobs as files `ab/cd/abcd…` under a folder. Bytes go to a draft first, which is flushed and then takes its
 * name in one step, so a file under a hash is always whole. Several processes may share the folder. Before a file takes
 * its name `unsettled/abcd….new` tells of it, so that a process that dies right after leaves nothing that nobody finds.
 */
export async function openDiskStore(folder: string): Promise<BlobStore> {
  const root = resolve(folder);
  const drafts = await openDraftFolder(join(root, 'drafts'));
  const unsettled = join(root, 'unsettled');
  await mkdir(unsettled, { recursive: true, mode: 0o700 });
  const markOf = (hash: string) => join(unsettled, `${hash}${mark}`);

  const locate = (hash: string) => {
    if (!isHash(hash)) throw new BlobMissing(hash);
    return join(root, hash.slice(0, 2), hash.slice(2, 4), hash);
  };
  const size = async (hash: string) => {
    const found = await stat(locate(hash)).catch(ignoreMissing);
    if (!found) throw new BlobMissing(hash);
    return found.size;
  };

  return {
    size,
    has: async (hash) => isHash(hash) && (await stat(locate(hash)).catch(ignoreMissing)) !== undefined,
    path: async (hash) => {
      await size(hash);
      return locate(hash);
    },
    open: async (hash, range) => {
      await size(hash);
      return createReadStream(locate(hash), range);
    },
    remove: async (hash) => {
      if (isHash(hash)) await unlink(locate(hash)).catch(ignoreMissing);
    },
    unsettled: async (ageMs) => {
      await drafts.clear();
      const before = Date.now() - ageMs;
      const found: string[] = [];
      for (const name of await readdir(unsettled)) {
        const hash = name.slice(0, -mark.length);
        const made =
          name.endsWith(mark) && isHash(hash) ? await stat(markOf(hash)).catch(ignoreMissing) : null;
        if (made && made.mtimeMs <= before) found.push(hash);
      }
      return found;
    },
    settle: async (hash) => {
      if (isHash(hash)) await unlink(markOf(hash)).catch(ignoreMissing);
    },
    put: async (source) => {
      const draft = drafts.path();
      try {
        const hash = await writeDraft(draft, source);
        // a byte, so that an earlier mark becomes a new one
        await writeFile(markOf(hash), '1', { mode: 0o600 });
        await flushFolder(unsettled);
        await publish(draft, locate(hash), root);
        return hash;
      } finally {
        await rm(draft, { force: true });
      }
    },
  };
}

const mark = '.new';

/** Anything else would lead out of the folder. */
function isHash(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

async function writeDraft(draft: string, source: BlobSource): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(draft, 'wx', 0o600);
  try {
    for await (const bytes of 'file' in source ? createReadStream(source.file) : source) {
      hash.update(bytes);
      await file.writeFile(bytes);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

/** Gives the draft its name; where the same bytes are there already, they stay and the draft goes. */
async function publish(draft: string, target: string, root: string) {
  const folder = dirname(target);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // a link, unlike a rename, never replaces a file that somebody may be reading
  await link(draft, target).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  // a new name is durable once every folder on the way to it is flushed
  for (const made of [folder, dirname(folder), root]) await flushFolder(made);
}

async function flushFolder(folder: string) {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
