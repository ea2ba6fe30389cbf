import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { addVad } from './add-vad.ts';
import { findInCatalogue } from './catalogue.ts';
import { hashOf } from './download-file.ts';
import { inspectModel } from './inspect-model.ts';
import { ModelError } from './model-error.ts';
import type { SpeechModel } from './speech-model.ts';
import { isArchive, unpackArchive } from './unpack-archive.ts';
import { verifyModel } from './verify-model.ts';

/** `pinned`: the archive is the one that the catalogue names by its SHA-256. `unknown`: nothing to compare with. */
export type Added = { model: SpeechModel; origin: 'pinned' | 'unknown' };

/**
 * Brings a model from a folder or an archive into the data folder, where a running Aria finds it, after it was loaded
 * once. A model of the same name is replaced only by one that loads. A voice activity model that lies there too is
 * taken along.
 * @throws ModelError also where an archive bears a catalogue's name and is not the pinned file
 */
export async function addModel(source: string, dataDir: string): Promise<Added> {
  if (!isArchive(source)) return { model: await addFolder(source, dataDir), origin: 'unknown' };
  const origin = await checkArchive(source);
  const unpacked = join(dataDir, 'models', `.unpacking-${randomUUID()}`);
  try {
    const folder = await unpackArchive(source, unpacked);
    const name = folder === unpacked ? nameOf(source) : basename(folder);
    return { model: await addFolder(folder, dataDir, name), origin };
  } finally {
    await rm(unpacked, { recursive: true, force: true });
  }
}

const nameOf = (archive: string) => basename(archive).replace(/\.(tar|tar\.\w+|tbz2?|tgz)$/i, '');

async function checkArchive(path: string): Promise<Added['origin']> {
  const pinned = findInCatalogue(nameOf(path))?.archive.sha256 ?? null;
  const hash = await hashOf(path).catch(() => {
    throw new ModelError(`${path} cannot be read.`);
  });
  if (pinned === null) return 'unknown';
  if (hash === pinned) return 'pinned';
  throw new ModelError(
    `${path} is not the published file (SHA-256 ${hash}, expected ${pinned}). Fetch it again; to use it all the same, unpack it and add the folder.`,
  );
}

async function addFolder(folder: string, dataDir: string, name?: string): Promise<SpeechModel> {
  const source = await verifyModel(folder);
  const models = join(dataDir, 'models');
  const draft = join(models, `.adding-${randomUUID()}`);
  const target = join(models, name ?? source.name);
  await addVad(source.folder, dataDir);
  if (source.folder === target) return source;
  await mkdir(draft, { recursive: true });
  try {
    for (const file of Object.values(source.files)) await copyFile(file, join(draft, basename(file)));
    await rm(target, { recursive: true, force: true });
    await rename(draft, target);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  const added = await inspectModel(target);
  if (!added) throw new ModelError(`${target} could not be read after copying`);
  return added;
}
