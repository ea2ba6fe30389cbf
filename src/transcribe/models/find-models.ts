import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { inspectModel } from './inspect-model.ts';
import type { SpeechModel } from './speech-model.ts';

/**
 * Models that lie in these folders, one folder each, largest first: of models that can be loaded the larger one
 * hears better. Of two with one name the earlier folder's counts.
 */
export async function findModels(folders: readonly string[]): Promise<SpeechModel[]> {
  const found: SpeechModel[] = [];
  for (const folder of folders) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries
      .filter((one) => !one.name.startsWith('.'))
      .sort((a, b) => a.name.localeCompare(b.name))) {
      const model = await inspectModel(join(folder, entry.name));
      if (model && !found.some((other) => other.name === model.name)) found.push(model);
    }
  }
  return found.sort((a, b) => b.bytes - a.bytes);
}

/** The voice activity model, `silero_vad.onnx`, in the first of the folders that has it. */
export async function findVad(folders: readonly string[]): Promise<string | null> {
  for (const folder of folders) {
    const path = join(folder, 'silero_vad.onnx');
    const readable = await access(path).then(
      () => true,
      () => false,
    );
    if (readable) return path;
  }
  return null;
}
