import type { EngineName } from '../../src/domain/engine.ts';

/** Speech engines in words for people. */
export const engineWords: Record<EngineName, string> = {
  openai: 'OpenAI-compatible',
  deepgram: 'Deepgram',
  assemblyai: 'AssemblyAI',
  local: 'On this machine',
};
