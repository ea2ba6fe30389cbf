import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from './config.ts';

/** The scorecards that come with Aria. */
export const builtInScorecards = fileURLToPath(new URL('../../scorecards', import.meta.url));

/** Where scorecards are read from: those that come with Aria, then the installation's own. */
export function scorecardFolders(config: Config): string[] {
  return [builtInScorecards, join(config.ARIA_DATA_DIR, 'scorecards')];
}

/** Recordings, named by their content. */
export function audioFolder(config: Config): string {
  return join(config.ARIA_DATA_DIR, 'audio');
}

/** Where speech models are looked for, nearest first. */
export function modelFolders(config: Config): string[] {
  const own = join(config.ARIA_DATA_DIR, 'models');
  return config.ARIA_MODELS_DIR ? [config.ARIA_MODELS_DIR, own] : [own];
}

/** For downloads under way: in the data folder, so that users of one machine do not meet in a shared one. */
export function downloadFolder(config: Config): string {
  return join(config.ARIA_DATA_DIR, 'downloads');
}

/** Audio that is being muted, or was unpacked to be heard again; what dead processes left is cleared after six hours. */
export function workFolder(config: Config): string {
  return join(config.ARIA_DATA_DIR, 'work');
}

/** Files of exports, until they are fetched and expire. */
export function exportFolder(config: Config): string {
  return join(config.ARIA_DATA_DIR, 'exports');
}

/** Files that were uploaded and are not imported yet. */
export function uploadFolder(config: Config): string {
  return join(config.ARIA_DATA_DIR, 'uploads');
}
