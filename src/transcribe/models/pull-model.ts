import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { SafeFetch } from '../../lib/safe-fetch.ts';
import { addModel } from './add-model.ts';
import { type CatalogueModel, findInCatalogue } from './catalogue.ts';
import { downloadFile, hashOf, sizeOf } from './download-file.ts';
import { ModelError } from './model-error.ts';
import type { SpeechModel } from './speech-model.ts';

/** `total` is null where nobody said how large the archive is. */
export type PullProgress = { bytes: number; total: number | null };
export type PullOptions = {
  onProgress?: (progress: PullProgress) => void;
  signal?: AbortSignal;
  /** In place of the built-in catalogue's entry of this name. */
  entry?: CatalogueModel;
};

/** What was pulled. `pinned` is false where the catalogue knows no hash: then this one is the first that was seen. */
export type Pulled = { model: SpeechModel; sha256: string; pinned: boolean };

/**
 * Downloads a model of the catalogue into the data folder. What was broken off goes on where it stopped. An archive
 * whose hash is pinned must have it; the hash is recorded in `sha256.json` beside the model.
 * @throws ModelError when the name is unknown, the archive is not what it should be, or the model does not load;
 *   SafeFetchError when the server cannot be reached
 */
export async function pullModel(
  name: string,
  dataDir: string,
  safeFetch: SafeFetch,
  options: PullOptions = {},
): Promise<Pulled> {
  const entry = options.entry ?? findInCatalogue(name);
  if (!entry) throw new ModelError(`${name} is not in the catalogue. See npx aria models list.`);
  const models = join(dataDir, 'models');
  // a name with a dot is passed over by the search for models
  const folder = join(models, `.pulling-${entry.name}`);
  await mkdir(folder, { recursive: true });
  const archive = join(folder, basename(new URL(entry.archive.url).pathname));
  await download(entry, archive, safeFetch, options);
  const sha256 = await hashOf(archive);
  if (entry.archive.sha256 && sha256 !== entry.archive.sha256) {
    await rm(archive);
    throw new ModelError(
      `${basename(archive)} is not the published file (SHA-256 ${sha256}). It was removed; pull again.`,
    );
  }
  const { model } = await addModel(archive, dataDir);
  const record = { archive: basename(archive), sha256, pinned: entry.archive.sha256 !== null };
  await writeFile(join(model.folder, 'sha256.json'), `${JSON.stringify(record, null, 2)}\n`);
  await rm(folder, { recursive: true, force: true });
  return { model, sha256, pinned: record.pinned };
}

async function download(
  { archive }: CatalogueModel,
  path: string,
  safeFetch: SafeFetch,
  { onProgress, signal }: PullOptions,
): Promise<void> {
  if (await sizeOf(path)) return;
  const partial = `${path}.part`;
  const onBytes = (bytes: number) => onProgress?.({ bytes, total: archive.bytes });
  await downloadFile(archive.url, partial, safeFetch, onBytes, signal);
  await rename(partial, path);
}
