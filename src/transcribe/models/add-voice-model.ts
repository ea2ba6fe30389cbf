import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { tryVoiceModels } from '../voices/hear-voices.ts';
import type { VoicePart } from '../voices/voice-models.ts';
import { hashOf } from './download-file.ts';
import { findVoiceModels, findVoicePair, inspectVoiceModel } from './find-voice-models.ts';
import { ModelError } from './model-error.ts';
import { isArchive, unpackTar } from './unpack-archive.ts';
import { type CatalogueVoiceModel, findVoiceModelInCatalogue } from './voice-catalogue.ts';

/** A model for telling voices apart that lies in the data folder now. */
export type AddedVoiceModel = {
  name: string;
  part: VoicePart;
  path: string;
  origin: 'pinned' | 'unknown';
  /** What is still needed beside it; null: both are there and load. */
  missing: VoicePart | null;
};

/**
 * Brings a model for telling voices apart into the data folder: an ONNX file, a folder with one, or the archive of the
 * catalogue. Once both are there they are loaded, in a process apart; a file with which they do not load is not kept.
 * @param entry in place of the catalogue's of this name
 * @returns null where the source is no such model
 * @throws ModelError
 */
export async function addVoiceModel(
  source: string,
  dataDir: string,
  entry?: CatalogueVoiceModel,
): Promise<AddedVoiceModel | null> {
  const name = entry?.name ?? nameOf(source);
  const known = entry ?? findVoiceModelInCatalogue(name);
  if (isArchive(source) && !known) return null;
  const origin = known && (await isFile(source)) ? await checkPinned(source, known.sha256) : 'unknown';
  const unpacked = join(dataDir, 'models', `.unpacking-${randomUUID()}`);
  try {
    if (isArchive(source)) await unpackTar(source, unpacked);
    const found = await findVoiceFile(isArchive(source) ? join(unpacked, name) : source);
    if (!found) return null;
    return { ...(await keep(found, name, dataDir)), origin };
  } finally {
    await rm(unpacked, { recursive: true, force: true });
  }
}

const nameOf = (path: string) => basename(path).replace(/\.(onnx|tar|tar\.\w+|tbz2?|tgz)$/i, '');
const isFile = (path: string) =>
  stat(path).then(
    (there) => there.isFile(),
    () => false,
  );

async function checkPinned(path: string, expected: string): Promise<'pinned'> {
  const hash = await hashOf(path);
  if (hash === expected) return 'pinned';
  throw new ModelError(
    `${path} is not the published file (SHA-256 ${hash}, expected ${expected}). Fetch it again; to use it all the same, give it another name.`,
  );
}

type VoiceFile = { path: string; part: VoicePart };

async function findVoiceFile(source: string): Promise<VoiceFile | null> {
  if (source.endsWith('.onnx')) {
    const part = await inspectVoiceModel(source);
    return part && { path: source, part };
  }
  // one folder is one model; a folder of several is looked through by ARIA_MODELS_DIR
  const names = await readdir(source).catch(() => []);
  if (!names.some((name) => name.endsWith('.onnx'))) return null;
  const { segmentation, embedding } = await findVoiceModels([source]);
  if (segmentation) return { path: segmentation, part: 'segmentation' };
  return embedding ? { path: embedding, part: 'embedding' } : null;
}

async function keep({ path, part }: VoiceFile, name: string, dataDir: string) {
  const models = join(dataDir, 'models');
  const folder = join(models, name);
  const target = join(folder, 'model.onnx');
  const others = await findVoiceModels([models]);
  await mkdir(folder, { recursive: true });
  await copyFile(path, `${target}.part`);
  const candidate = { ...others, [part]: `${target}.part` };
  const { segmentation, embedding } = candidate;
  if (segmentation && embedding) {
    const fault = await tryVoiceModels({ segmentation, embedding }, AbortSignal.timeout(120_000));
    if (fault) {
      await rm(`${target}.part`);
      // stays where an earlier model is in it
      await rmdir(folder).catch(() => undefined);
      throw new ModelError(`The models for telling voices apart do not load: ${fault}`);
    }
  }
  await rename(`${target}.part`, target);
  const pair = await findVoicePair([models]);
  const missing: VoicePart | null = pair ? null : part === 'segmentation' ? 'embedding' : 'segmentation';
  return { name, part, path: target, missing };
}
