import { readShared } from '../../score/read-shared.ts';
import { readConfig } from '../config.ts';
import { scorecardFolders } from '../folders.ts';

/** A folder without a shared part of its own may extend the one that comes with Aria. */
export function withBuiltIn(folder: string): string[] {
  const [builtIn] = scorecardFolders(readConfig());
  return readShared([folder]) === null ? [builtIn!, folder] : [folder];
}
