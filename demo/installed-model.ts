import { chooseModel } from '../src/transcribe/models/choose-model.ts';
import { findModels } from '../src/transcribe/models/find-models.ts';

/** The name of the speech model that Aria would use of those in a folder, or null. */
export async function installedModel(folder: string): Promise<string | null> {
  return chooseModel(await findModels([folder]), null)?.name ?? null;
}
