import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { addVad } from './add-vad.ts';
import { inspectModel } from './inspect-model.ts';
import { ModelError } from './model-error.ts';
import type { SpeechModel } from './speech-model.ts';
import { verifyModel } from './verify-model.ts';

/**
 * Copies a model into the data folder, where a running Aria finds it, after it was loaded once. A model of the same
 * name is replaced only by one that loads. A voice activity model that lies there too is taken along.
 * @throws ModelError
 */
export async function addModel(folder: string, dataDir: string): Promise<SpeechModel> {
  const source = await verifyModel(folder);
  const models = join(dataDir, 'models');
  const draft = join(models, `.adding-${randomUUID()}`);
  const target = join(models, source.name);
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
