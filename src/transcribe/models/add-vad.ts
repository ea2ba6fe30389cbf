import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SafeFetch } from '../../lib/safe-fetch.ts';
import { downloadFile, hashOf } from './download-file.ts';
import { findVad } from './find-models.ts';
import { ModelError } from './model-error.ts';

/** Silero's voice activity network (MIT), as the engine's makers publish it. */
export const vadUrl = 'https://github.com/k2-fsa/sherpa-onnx/releases/download/asr-models/silero_vad.onnx';

/** Of that file, as many public programs pin it; the release page publishes none. */
const vadHash = '9e2449e1087496d8d4caba907f23e0bd3f78d91fa552479bb9c23ac09cbb1fd6';

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
 * Downloads `silero_vad.onnx` (under 1 MB) where the data folder has none yet.
 * @throws SafeFetchError; ModelError when it is not the published file
 */
export async function pullVad(
  dataDir: string,
  safeFetch: SafeFetch,
  from = { url: vadUrl, sha256: vadHash },
): Promise<string> {
  const models = join(dataDir, 'models');
  const own = await findVad([models]);
  if (own) return own;
  await mkdir(models, { recursive: true });
  const target = join(models, 'silero_vad.onnx');
  await downloadFile(from.url, `${target}.part`, safeFetch, () => undefined, undefined);
  const hash = await hashOf(`${target}.part`);
  if (hash !== from.sha256) {
    await rm(`${target}.part`);
    throw new ModelError(`silero_vad.onnx is not the published file (SHA-256 ${hash}). Pull again.`);
  }
  await rename(`${target}.part`, target);
  return target;
}
