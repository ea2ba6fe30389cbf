import type { ModelKind } from './speech-model.ts';

/** A file of a model. `sha256` only where its publisher shows it; else it is recorded when first pulled. */
export type CatalogueFile = { name: string; sha256: string | null };

/** A model that can be pulled by name. */
export type CatalogueModel = {
  name: string;
  kind: ModelKind;
  files: CatalogueFile[];
  /** About how much is downloaded; null where not known. */
  megabytes: number | null;
  licence: string;
  /** BCP 47. */
  languages: string[];
  /** Published figures, not measured by Aria unless it says so. */
  accuracy: string;
  /** Each file lies under this address. */
  url: string;
};

const files = (...names: string[]): CatalogueFile[] => names.map((name) => ({ name, sha256: null }));
const published = (name: string) => `https://huggingface.co/csukuangfj/${name}/resolve/main`;

/**
 * What is pulled where no name is given. On two cores without a GPU it is the most accurate one that keeps up: its
 * work grows with the speech, where Whisper pays for 30 seconds with every short answer; it needs a fraction of
 * Parakeet's memory per process; it writes case and punctuation. What it lacks is word times: they are shared out
 * within stretches of at most 20 seconds, and muting is wider for it. Where evidence must be cut to the word, take
 * Parakeet, or the small Zipformer.
 */
export const defaultModel = 'sherpa-onnx-moonshine-base-en-int8';

/** Files as in the sherpa-onnx releases, https://k2-fsa.github.io/sherpa/onnx/pretrained_models. */
export const catalogue: CatalogueModel[] = [
  {
    name: defaultModel,
    kind: 'moonshine',
    files: [
      ...files('preprocess.onnx', 'encode.int8.onnx', 'uncached_decode.int8.onnx'),
      {
        name: 'cached_decode.int8.onnx',
        sha256: '2db74e51cedf64a8b1be3c8192e0bb5e4923af0e90bd9e87f8e8771873f8ea03',
      },
      ...files('tokens.txt'),
    ],
    megabytes: null,
    licence: 'MIT',
    languages: ['en'],
    accuracy: 'Published by its makers as level with or better than Whisper base.en; no word times.',
    url: published(defaultModel),
  },
  {
    name: 'sherpa-onnx-moonshine-tiny-en-int8',
    kind: 'moonshine',
    files: files(
      'preprocess.onnx',
      'encode.int8.onnx',
      'uncached_decode.int8.onnx',
      'cached_decode.int8.onnx',
      'tokens.txt',
    ),
    megabytes: 118,
    licence: 'MIT',
    languages: ['en'],
    accuracy: 'Published by its makers as level with or better than Whisper tiny.en; no word times.',
    url: published('sherpa-onnx-moonshine-tiny-en-int8'),
  },
  {
    name: 'sherpa-onnx-whisper-base.en',
    kind: 'whisper',
    files: files('base.en-encoder.int8.onnx', 'base.en-decoder.int8.onnx', 'base.en-tokens.txt'),
    megabytes: 161,
    licence: 'MIT',
    languages: ['en'],
    accuracy: 'Whisper paper: base 12.4 % WER on LibriSpeech test-other; no word times here.',
    url: published('sherpa-onnx-whisper-base.en'),
  },
  {
    name: 'sherpa-onnx-nemo-parakeet-tdt-0.6b-v2-int8',
    kind: 'nemo-transducer',
    files: files('encoder.int8.onnx', 'decoder.int8.onnx', 'joiner.int8.onnx', 'tokens.txt'),
    megabytes: 640,
    licence: 'CC-BY-4.0',
    languages: ['en'],
    accuracy:
      'The most accurate of these by its publisher (NVIDIA); word times; needs over 1 GB of memory per process.',
    url: published('sherpa-onnx-nemo-parakeet-tdt-0.6b-v2-int8'),
  },
];

/** @returns null when the name is not in the catalogue */
export function findInCatalogue(name: string): CatalogueModel | null {
  return catalogue.find((model) => model.name === name) ?? null;
}
