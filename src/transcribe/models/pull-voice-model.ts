import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { SafeFetch } from '../../lib/safe-fetch.ts';
import { type AddedVoiceModel, addVoiceModel } from './add-voice-model.ts';
import { downloadFile, hashOf, sizeOf } from './download-file.ts';
import { ModelError } from './model-error.ts';
import type { PullProgress } from './pull-model.ts';
import type { CatalogueVoiceModel } from './voice-catalogue.ts';

/**
 * Downloads a model for telling voices apart into the data folder, going on where it broke off; its file must have the
 * catalogue's hash.
 * @throws ModelError when it is another file or does not load; SafeFetchError when the server cannot be reached
 */
export async function pullVoiceModel(
  entry: CatalogueVoiceModel,
  dataDir: string,
  safeFetch: SafeFetch,
  onProgress: (progress: PullProgress) => void = () => undefined,
): Promise<AddedVoiceModel> {
  const folder = join(dataDir, 'models', `.pulling-${entry.name}`);
  await mkdir(folder, { recursive: true });
  const file = join(folder, basename(new URL(entry.url).pathname));
  if ((await sizeOf(file)) === 0) {
    const onBytes = (bytes: number) => onProgress({ bytes, total: entry.bytes });
    await downloadFile(entry.url, `${file}.part`, safeFetch, onBytes, undefined);
    await rename(`${file}.part`, file);
  }
  const sha256 = await hashOf(file);
  if (sha256 !== entry.sha256) {
    await rm(file);
    throw new ModelError(
      `${basename(file)} is not the published file (SHA-256 ${sha256}). It was removed; pull again.`,
    );
  }
  const added = await addVoiceModel(file, dataDir, entry);
  if (!added) throw new ModelError(`${basename(file)} holds no model for telling voices apart.`);
  await rm(folder, { recursive: true, force: true });
  return added;
}
