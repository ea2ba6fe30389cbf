import { chooseModel } from '../transcribe/models/choose-model.ts';
import { findModels, findVad } from '../transcribe/models/find-models.ts';
import { readModelInUse } from '../transcribe/models/model-in-use.ts';
import type { SpeechModel } from '../transcribe/models/speech-model.ts';
import type { Config } from './config.ts';
import { modelFolders } from './folders.ts';

/** The model that the local engine loads, or why there is none, in words for the operator. */
export type LocalModel = { model: SpeechModel; vad: string | null } | { model: null; missing: string };

/** ARIA_MODEL before the choice of `aria models use`; without either the largest model that is found. */
export async function findLocalModel(config: Config): Promise<LocalModel> {
  const folders = modelFolders(config);
  const models = await findModels(folders);
  const name = config.ARIA_MODEL ?? (await readModelInUse(config.ARIA_DATA_DIR));
  const model = chooseModel(models, name);
  if (model) return { model, vad: await findVad(folders) };
  const looked = folders.join(' and ');
  if (models.length > 0)
    return {
      model: null,
      missing: `the model ${name} is not in ${looked}; choose another with npx aria models use NAME`,
    };
  return {
    model: null,
    missing: `no model in ${looked}; npx aria models pull, or npx aria models add FOLDER-OR-ARCHIVE on a machine without internet`,
  };
}
