import type { SpeechModel } from './speech-model.ts';

/** The model by its name, or the first (largest) one where none is named. @returns null when there is none such */
export function chooseModel(models: readonly SpeechModel[], name: string | null): SpeechModel | null {
  if (name === null) return models[0] ?? null;
  return models.find((model) => model.name === name) ?? null;
}
