import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { SpeechModel } from '../transcribe/models/speech-model.ts';
import type { Config } from './config.ts';

/** Changes whenever the settings of a provider do, and tells none of them; null where it is not set up. */
export function providerFingerprint(
  config: Config,
  name: 'openai' | 'deepgram' | 'assemblyai',
): string | null {
  switch (name) {
    case 'openai':
      return config.ARIA_TRANSCRIBE_URL
        ? fingerprint(
            config.ARIA_TRANSCRIBE_URL,
            config.ARIA_TRANSCRIBE_KEY ?? null,
            config.ARIA_TRANSCRIBE_MODEL,
          )
        : null;
    case 'deepgram':
      return config.ARIA_DEEPGRAM_KEY
        ? fingerprint(config.ARIA_DEEPGRAM_URL, config.ARIA_DEEPGRAM_KEY, config.ARIA_DEEPGRAM_MODEL)
        : null;
    case 'assemblyai':
      return config.ARIA_ASSEMBLYAI_KEY
        ? fingerprint(
            config.ARIA_ASSEMBLYAI_URL,
            config.ARIA_ASSEMBLYAI_KEY,
            ...config.ARIA_ASSEMBLYAI_MODELS,
          )
        : null;
  }
}

/** Changes with a model's place, size and age, so that a mended file counts as another. */
export async function modelFingerprint(model: SpeechModel): Promise<string> {
  const ages = await Promise.all(
    Object.values(model.files).map(async (file) => `${(await stat(file)).mtimeMs}`),
  );
  return fingerprint(model.folder, model.kind, `${model.bytes}`, ...ages);
}

function fingerprint(...parts: (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
