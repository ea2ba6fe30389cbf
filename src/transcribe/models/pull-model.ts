import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SafeFetch } from '../../lib/safe-fetch.ts';
import { type CatalogueFile, type CatalogueModel, findInCatalogue } from './catalogue.ts';
import { downloadFile, hashOf, sizeOf } from './download-file.ts';
import { ModelError } from './model-error.ts';
import type { SpeechModel } from './speech-model.ts';
import { verifyModel } from './verify-model.ts';

export type PullProgress = { file: string; bytes: number };
export type PullOptions = {
  onProgress?: (progress: PullProgress) => void;
  signal?: AbortSignal;
  /** In place of the built-in catalogue's entry of this name. */
  entry?: CatalogueModel;
};

/**
 * Downloads a model of the catalogue into the data folder, file by file. What was broken off goes on where it
 * stopped. A file whose hash is pinned must have it; the hashes of all files are recorded in `sha256.json`.
 * @throws ModelError when the name is unknown, a file is not what it should be, or the model does not load;
 *   SafeFetchError when the server cannot be reached
 */
export async function pullModel(
  name: string,
  dataDir: string,
  safeFetch: SafeFetch,
  options: PullOptions = {},
): Promise<SpeechModel> {
  const entry = options.entry ?? findInCatalogue(name);
  if (!entry) throw new ModelError(`${name} is not in the catalogue. See npx aria models list.`);
  const models = join(dataDir, 'models');
  // a name with a dot is passed over by the search for models until it is whole
  const draft = join(models, `.pulling-${entry.name}`);
  await mkdir(draft, { recursive: true });
  const hashes: Record<string, string> = {};
  for (const file of entry.files) hashes[file.name] = await pullFile(entry, file, draft, safeFetch, options);
  await writeFile(join(draft, 'sha256.json'), `${JSON.stringify(hashes, null, 2)}\n`);
  await verifyModel(draft);
  const target = join(models, entry.name);
  await rm(target, { recursive: true, force: true });
  await rename(draft, target);
  return verifyModel(target);
}

/** @returns the file's SHA-256 in hex */
async function pullFile(
  entry: CatalogueModel,
  file: CatalogueFile,
  folder: string,
  safeFetch: SafeFetch,
  { onProgress, signal }: PullOptions,
): Promise<string> {
  const path = join(folder, file.name);
  const partial = `${path}.part`;
  if (!(await sizeOf(path))) {
    await downloadFile(
      `${entry.url}/${file.name}`,
      partial,
      safeFetch,
      (bytes) => onProgress?.({ file: file.name, bytes }),
      signal,
    );
    await rename(partial, path);
  }
  const hash = await hashOf(path);
  if (file.sha256 && hash !== file.sha256) {
    await rm(path);
    throw new ModelError(
      `${file.name} is not the published file (SHA-256 ${hash}). It was removed; pull again.`,
    );
  }
  return hash;
}
