import type { LocalServer } from './local-server.ts';

/** How the demo's calls become text: the settings for Aria, and what to tell the people. */
export type Speech = { settings: Record<string, string>; told: string };

/** A speech model where one is installed, else the provider that knows the samples' scripts. */
export function chooseSpeech(model: string | null, modelsFolder: string, provider: LocalServer): Speech {
  if (model !== null)
    return {
      settings: { ARIA_MODELS_DIR: modelsFolder },
      told: `Speech: listened to by the local model ${model}, in ${modelsFolder}.`,
    };
  return {
    settings: {
      ARIA_TRANSCRIBE_URL: `${provider.url}/v1`,
      ARIA_TRANSCRIBE_MODEL: 'script-of-the-samples',
      ARIA_TRANSCRIBE_SIMULATED: 'true',
    },
    told:
      'Speech: SIMULATED. No speech model is installed, so a local stand-in for a transcription service answers\n' +
      'with the scripts from which the samples were made. Every transcript is marked as simulated. To have them\n' +
      'listened to, add a model: npx aria models add FOLDER',
  };
}
