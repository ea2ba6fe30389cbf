import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const fileOf = (dataDir: string) => join(dataDir, 'models', 'in-use.json');

/** The model that was chosen by `aria models use`, or null: then the largest one is used. */
export async function readModelInUse(dataDir: string): Promise<string | null> {
  const text = await readFile(fileOf(dataDir), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    const { name } = JSON.parse(text) as { name?: unknown };
    return typeof name === 'string' ? name : null;
  } catch {
    return null;
  }
}

/** Remembers the choice in the data folder, where a running Aria finds it within seconds. */
export async function writeModelInUse(dataDir: string, name: string | null): Promise<void> {
  await mkdir(join(dataDir, 'models'), { recursive: true });
  const draft = `${fileOf(dataDir)}.part`;
  await writeFile(draft, `${JSON.stringify({ name })}\n`);
  await rename(draft, fileOf(dataDir));
}
