import { spawn } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { inspectModel } from './inspect-model.ts';
import { ModelError } from './model-error.ts';

/** Whether a path looks like an archive of a model. */
export const isArchive = (path: string) => /\.(tar|tar\.bz2|tbz2?|tar\.gz|tgz)$/i.test(path);

/**
 * Unpacks an archive into a new folder with the system's `tar`, which keeps everything inside it, and finds the
 * model in there.
 * @returns the folder with the model
 * @throws ModelError
 */
export async function unpackArchive(archive: string, into: string): Promise<string> {
  await unpackTar(archive, into);
  const found = await findModelIn(into);
  if (found) return found;
  throw new ModelError(`${archive} holds no speech model. Expected is an archive of a sherpa-onnx release.`);
}

/**
 * All of an archive into a new folder.
 * @throws ModelError
 */
export async function unpackTar(archive: string, into: string): Promise<void> {
  await mkdir(into, { recursive: true });
  await runTar(['-xf', archive, '-C', into, '--no-same-owner', '--no-same-permissions'], archive);
}

async function findModelIn(folder: string): Promise<string | null> {
  if (await inspectModel(folder)) return folder;
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries) {
    if (entry.isDirectory() && (await inspectModel(join(folder, entry.name))))
      return join(folder, entry.name);
  }
  return null;
}

function runTar(args: string[], archive: string): Promise<void> {
  const byHand = `Unpack it by hand where that works, then npx aria models add FOLDER.`;
  return new Promise((resolve, reject) => {
    const tar = spawn('tar', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let printed = '';
    tar.stderr.on('data', (chunk: Buffer) => {
      printed = (printed + chunk.toString()).slice(-500);
    });
    tar.on('error', () =>
      reject(new ModelError(`${archive} cannot be unpacked: there is no tar. ${byHand}`)),
    );
    tar.on('close', (code) => {
      if (code === 0) return resolve();
      const why = /bzip2|lbzip2/.test(printed) ? 'bzip2 is missing' : printed.trim().split('\n').at(-1);
      reject(new ModelError(`${archive} cannot be unpacked: ${why}. ${byHand}`));
    });
  });
}
