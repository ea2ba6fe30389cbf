import { copyFile, mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SafeFetch } from '../../lib/safe-fetch.ts';
import { downloadFile } from './download-file.ts';
import { findVad } from './find-models.ts';

/** Silero's voice activity network (MIT), as the engine's makers publish it. */
const vadUrl = 'https://github.com/k2-fsa/sherpa-onnx/releases/download/asr-models/silero_vad.onnx';

/**
 * Copies `silero_vad.onnx` from a model's folder, or from beside it, into the data folder where it has none yet.
 * @returns its path, or null when there is none: then loudness alone decides where somebody speaks
 */
export async function addVad(folder: string, dataDir: string): Promise<string | null> {
  const models = join(dataDir, 'models');
  const own = await findVad([models]);
  if (own) return own;
  const source = await findVad([folder, dirname(folder)]);
  if (!source) return null;
  await mkdir(models, { recursive: true });
  const target = join(models, 'silero_vad.onnx');
  await copyFile(source, `${target}.part`);
  await rename(`${target}.part`, target);
  return target;
}

/**
 * Downloads `silero_vad.onnx` (2 MB) where the data folder has none yet.
 * @throws SafeFetchError
 */
export async function pullVad(dataDir: string, safeFetch: SafeFetch, url = vadUrl): Promise<string> {
  const models = join(dataDir, 'models');
  const own = await findVad([models]);
  if (own) return own;
  await mkdir(models, { recursive: true });
  const target = join(models, 'silero_vad.onnx');
  await downloadFile(url, `${target}.part`, safeFetch, () => undefined, undefined);
  await rename(`${target}.part`, target);
  return target;
}
