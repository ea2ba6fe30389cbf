import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { VoiceModels, VoicePart } from '../voices/voice-models.ts';
import { readMetadata } from './read-metadata.ts';

/**
 * The models that tell voices apart, in these folders or in folders right in them, nearest first. Files are known by
 * what they say of themselves, whatever their names.
 */
export async function findVoiceModels(folders: readonly string[]): Promise<Partial<VoiceModels>> {
  const found: Partial<VoiceModels> = {};
  for (const folder of folders) {
    for (const path of await onnxFiles(folder)) {
      if (found.segmentation && found.embedding) return found;
      const part = await inspectVoiceModel(path);
      if (part) found[part] ??= path;
    }
  }
  return found;
}

/** Both, or null where one is missing: then voices are told apart without models. */
export async function findVoicePair(folders: readonly string[]): Promise<VoiceModels | null> {
  const { segmentation, embedding } = await findVoiceModels(folders);
  return segmentation && embedding ? { segmentation, embedding } : null;
}

/** Which of the two models a file is; null: none. */
export async function inspectVoiceModel(path: string): Promise<VoicePart | null> {
  const about = await readMetadata(path).catch(() => '');
  if (about.includes('powerset_max_classes')) return 'segmentation';
  return about.includes('output_dim') && about.includes('framework') ? 'embedding' : null;
}

/** By name, but the unquantised `model.onnx` before `model.int8.onnx`. */
async function onnxFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const sorted = entries
    .filter(({ name }) => !name.startsWith('.'))
    .sort((a, b) => a.name.localeCompare(b.name));
  const paths: string[] = [];
  for (const entry of sorted) {
    const path = join(folder, entry.name);
    if (/\.onnx$/.test(entry.name)) paths.push(path);
    else if (entry.isDirectory() || entry.isSymbolicLink()) paths.push(...(await onnxIn(path)));
  }
  return paths;
}

async function onnxIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  // a speech model's folder holds large files that need not be looked into
  if (names.some((name) => name.endsWith('tokens.txt'))) return [];
  const isQuantised = (name: string) => Number(name.includes('int8'));
  return names
    .filter((name) => name.endsWith('.onnx'))
    .sort((a, b) => isQuantised(a) - isQuantised(b) || a.localeCompare(b))
    .map((name) => join(folder, name));
}
