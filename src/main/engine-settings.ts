import type { EngineName } from '../domain/engine.ts';
import type { Config } from './config.ts';
import { modelFingerprint, providerFingerprint } from './engine-fingerprint.ts';
import { findLocalModel } from './local-model.ts';

/** What is known of an engine before it is asked. */
export type EngineSettings = {
  name: EngineName;
  /** What listens; null where the engine is not set up. */
  model: string | null;
  /** Fingerprint of its settings; null where it is not set up. */
  settings: string | null;
  /** What is missing to use it, for the operator; null where nothing is. */
  missing: string | null;
  /** USD as decimal text; null where nobody told it. */
  pricePerMinute: string | null;
};

/** All engines in the order of names, set up or not. */
export async function readEngineSettings(config: Config): Promise<EngineSettings[]> {
  const local = await findLocalModel(config);
  const found: [EngineName, string | null, string | null][] = [
    [
      'openai',
      config.ARIA_TRANSCRIBE_URL
        ? `${config.ARIA_TRANSCRIBE_MODEL} at ${new URL(config.ARIA_TRANSCRIBE_URL).host}`
        : null,
      'set ARIA_TRANSCRIBE_URL (and ARIA_TRANSCRIBE_KEY)',
    ],
    ['deepgram', config.ARIA_DEEPGRAM_KEY ? config.ARIA_DEEPGRAM_MODEL : null, 'set ARIA_DEEPGRAM_KEY'],
    [
      'assemblyai',
      config.ARIA_ASSEMBLYAI_KEY ? config.ARIA_ASSEMBLYAI_MODELS.join(', ') : null,
      'set ARIA_ASSEMBLYAI_KEY',
    ],
    ['local', local.model?.name ?? null, local.model ? null : local.missing],
  ];
  const localSettings = local.model ? await modelFingerprint(local.model) : null;
  return found.map(([name, model, missing]) => ({
    name,
    model,
    settings: name === 'local' ? localSettings : providerFingerprint(config, name),
    missing: model === null ? missing : null,
    pricePerMinute: config.ARIA_TRANSCRIBE_PRICES[name] ?? null,
  }));
}
