import { join } from 'node:path';

/** Where speech models for tests lie (ARIA_MODELS_DIR), or null: then tests that need one are skipped, and say so. */
export const modelsDir = process.env.ARIA_MODELS_DIR ?? null;

if (!modelsDir) {
  console.warn(
    'SKIPPED: tests that listen need speech models; set ARIA_MODELS_DIR to a folder with zipformer-en-3.3m and toy-ctc.',
  );
}

export function modelFolder(name: string): string {
  return join(modelsDir ?? '/no-models', name);
}
