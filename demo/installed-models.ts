import { findModels } from '../src/transcribe/models/find-models.ts';

/** Names of the speech models in a folder that Aria can load. */
export async function installedModels(folder: string): Promise<string[]> {
  return (await findModels([folder])).map(({ name }) => name);
}
