import { type CatalogueModel, catalogue, defaultModel } from './catalogue.ts';
import { findModels } from './find-models.ts';
import { hasWordTimes, type ModelKind, type SpeechModel } from './speech-model.ts';

/** A model that is here, could be pulled, or both. */
export type ListedModel = {
  name: string;
  kind: ModelKind;
  installed: boolean;
  /** Where it lies, when installed. */
  folder: string | null;
  /** On disk when installed, else to download; null where not known. */
  megabytes: number | null;
  licence: string | null;
  languages: string[];
  /** Null where not known: a model that somebody added. */
  word_times: boolean | null;
  /** As published; null where not known. */
  accuracy: string | null;
  /** Of the archive to pull; null where nobody publishes one: then the first download is recorded. */
  sha256: string | null;
  is_default: boolean;
};

/** Installed models, largest first, then those of the catalogue that could be pulled. */
export async function listModels(folders: readonly string[]): Promise<ListedModel[]> {
  const found = await findModels(folders);
  const others = catalogue.filter((model) => !found.some((one) => one.name === model.name));
  return [
    ...found.map((model) =>
      describe(
        model,
        catalogue.find((one) => one.name === model.name),
      ),
    ),
    ...others.map((model) => describe(null, model)),
  ];
}

/** One of the two is there at least. */
function describe(found: SpeechModel | null, known: CatalogueModel | undefined): ListedModel {
  const bytes = found?.bytes ?? known?.archive.bytes ?? null;
  const name = found?.name ?? known!.name;
  return {
    name,
    kind: found?.kind ?? known!.kind,
    installed: found !== null,
    folder: found?.folder ?? null,
    megabytes: bytes === null ? null : Math.round(bytes / 100_000) / 10,
    licence: known?.licence ?? null,
    languages: known?.languages ?? [],
    word_times: known?.wordTimes ?? (found && hasWordTimes(found.kind)),
    accuracy: known?.accuracy ?? null,
    sha256: known?.archive.sha256 ?? null,
    is_default: name === defaultModel,
  };
}
