import type { ModelKind } from './speech-model.ts';

/** A model that can be pulled by name: one archive of the engine's makers. */
export type CatalogueModel = {
  name: string;
  kind: ModelKind;
  archive: {
    url: string;
    /** Of the archive; null where not known. */
    bytes: number | null;
    /**
     * The release page publishes none. These are the hashes that several independent public programs pin for the
     * same file; Aria's makers could not download it. Null: nobody to ask, so the first download is recorded.
     */
    sha256: string | null;
  };
  licence: string;
  /** BCP 47. */
  languages: string[];
  /** True where the engine gives the time of each word. */
  wordTimes: boolean;
  /** As its publisher says; not measured by Aria. */
  accuracy: string;
};

const releases = 'https://github.com/k2-fsa/sherpa-onnx/releases/download/asr-models';
const archive = (name: string, bytes: number | null, sha256: string | null) => ({
  url: `${releases}/${name}.tar.bz2`,
  bytes,
  sha256,
});

/** What is pulled where no name is given; argued in docs/decisions/0011-default-speech-model.md. */
export const defaultModel = 'sherpa-onnx-nemo-parakeet_tdt_transducer_110m-en-36000-int8';

const parakeet2 = 'sherpa-onnx-nemo-parakeet-tdt-0.6b-v2-int8';
const parakeet3 = 'sherpa-onnx-nemo-parakeet-tdt-0.6b-v3-int8';
const moonshine = 'sherpa-onnx-moonshine-base-en-int8';
const whisper = 'sherpa-onnx-whisper-base.en';
const zipformer = 'sherpa-onnx-streaming-zipformer-en-2023-06-26';

/** Archives as on the release page, https://github.com/k2-fsa/sherpa-onnx/releases/tag/asr-models. */
export const catalogue: CatalogueModel[] = [
  {
    name: defaultModel,
    kind: 'nemo-transducer',
    archive: archive(
      defaultModel,
      108_035_095,
      'f628312e9fdf8686374cb01a69425c41732529d540860311f16f37cbc32cfe9b',
    ),
    licence: 'CC-BY-4.0',
    languages: ['en'],
    wordTimes: true,
    accuracy:
      'NVIDIA Parakeet TDT-CTC 110M: trained on telephone talk (Fisher) among others; case and punctuation.',
  },
  {
    name: parakeet2,
    kind: 'nemo-transducer',
    archive: archive(
      parakeet2,
      482_468_385,
      '157c157bc51155e03e37d2466522a3a737dd9c72bb25f36eb18912964161e1ad',
    ),
    licence: 'CC-BY-4.0',
    languages: ['en'],
    wordTimes: true,
    accuracy:
      'NVIDIA: 6.05 % mean WER on the Open ASR Leaderboard, 3.19 % on LibriSpeech test-other; over 1 GB of memory a process.',
  },
  {
    name: parakeet3,
    kind: 'nemo-transducer',
    archive: archive(
      parakeet3,
      487_170_055,
      '5793d0fd397c5778d2cf2126994d58e9d56b1be7c04d13c7a15bb1b4eafb16bf',
    ),
    licence: 'CC-BY-4.0',
    languages: 'bg hr cs da nl en et fi fr de el hu it lv lt mt pl pt ro sk sl es sv ru uk'.split(' '),
    wordTimes: true,
    accuracy: 'NVIDIA: 25 European languages, Spanish among them; over 1 GB of memory a process.',
  },
  {
    name: moonshine,
    kind: 'moonshine',
    archive: archive(
      moonshine,
      250_807_309,
      '21870cecaa2e44e4e2bf63e02d1072bed183ccd10284871353bd9d24dad14e5e',
    ),
    licence: 'MIT',
    languages: ['en'],
    wordTimes: false,
    accuracy: 'Useful Sensors: level with or better than Whisper base.en.',
  },
  {
    name: whisper,
    kind: 'whisper',
    archive: archive(
      whisper,
      208_576_005,
      '475bc7052ce299c007f6d5d5407ba8601f819a2867f6eecee510ed17df581542',
    ),
    licence: 'MIT',
    languages: ['en'],
    wordTimes: false,
    accuracy: 'OpenAI: 12.4 % WER on LibriSpeech test-other (base).',
  },
  {
    name: zipformer,
    kind: 'streaming-transducer',
    archive: archive(zipformer, null, null),
    licence: 'Apache-2.0',
    languages: ['en'],
    wordTimes: true,
    accuracy: 'k2-fsa: a streaming Zipformer, 71 MB; no figure for telephone speech published.',
  },
];

/** @returns null when the name is not in the catalogue */
export function findInCatalogue(name: string): CatalogueModel | null {
  return catalogue.find((model) => model.name === name) ?? null;
}
