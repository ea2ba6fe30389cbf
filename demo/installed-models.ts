import { readdir } from 'node:fs/promises';

/** Names of the speech models in a folder; none when there is no such folder. */
export async function installedModels(folder: string): Promise<string[]> {
  const found = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return found.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
