import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The shared part that `extends: common` takes: of the last folder that has one; null where none has. */
export function readShared(folders: readonly string[]): string | null {
  const found = folders.map((folder) => join(folder, 'common.yaml')).findLast((path) => existsSync(path));
  return found ? readFileSync(found, 'utf8') : null;
}
