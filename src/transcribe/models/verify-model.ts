import { stat } from 'node:fs/promises';
import { Failure } from '../../domain/failure.ts';
import { startRecognition } from '../local/recognition-process.ts';
import { inspectModel } from './inspect-model.ts';
import { ModelError } from './model-error.ts';
import type { SpeechModel } from './speech-model.ts';

/**
 * Loads a model once, in a process apart, since damaged files bring the engine down.
 * @throws ModelError when the folder holds no model or it does not load
 */
export async function verifyModel(folder: string): Promise<SpeechModel> {
  const there = await stat(folder).catch(() => null);
  if (!there?.isDirectory()) throw new ModelError(`${folder} is no folder, and no archive such as .tar.bz2.`);
  const model = await inspectModel(folder);
  if (!model) {
    throw new ModelError(
      `${folder} holds no speech model. Expected are tokens.txt and the ONNX files of a sherpa-onnx release.`,
    );
  }
  try {
    const process = await startRecognition(model, null);
    await process.stop();
    return model;
  } catch (error) {
    if (error instanceof Failure)
      throw new ModelError(`The model does not load: ${error.detail}`, { cause: error });
    throw error;
  }
}
