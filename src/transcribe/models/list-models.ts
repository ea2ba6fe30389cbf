import { catalogue, defaultModel } from './catalogue.ts';
import { findModels } from './find-models.ts';
import type { ModelKind } from './speech-model.ts';

/** A model that is here, could be pulled, or both. */
export type ListedModel = {
  name: string;
  kind: ModelKind;
  installed: boolean;
  /** Where it lies, when installed. */
  folder: string | null;
  megabytes: number | null;
  licence: string | null;
  languages: string[];
  accuracy: string | null;
  isDefault: boolean;
};

/** Installed models, best first, then those of the catalogue that could be pulled. */
export async function listModels(folders: readonly string[]): Promise<ListedModel[]> {
  const found = await findModels(folders);
  const installed = found.map((model) => {
    const known = catalogue.find((one) => one.name === model.name);
    return {
      name: model.name,
      kind: model.kind,
      installed: true,
      folder: model.folder,
      megabytes: Math.round(model.bytes / 100_000) / 10,
      licence: known?.licence ?? null,
      languages: known?.languages ?? [],
      accuracy: known?.accuracy ?? null,
      isDefault: model.name === defaultModel,
    };
  });
  const others = catalogue.filter((model) => !found.some((one) => one.name === model.name));
  return [
    ...installed,
    ...others.map(({ name, kind, megabytes, licence, languages, accuracy }) => ({
      name,
      kind,
      installed: false,
      folder: null,
      megabytes,
      licence,
      languages,
      accuracy,
      isDefault: name === defaultModel,
    })),
  ];
}
