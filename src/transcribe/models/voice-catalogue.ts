import type { VoicePart } from '../voices/voice-models.ts';

/** A model for telling voices apart that can be pulled by name; both parts are needed. */
export type CatalogueVoiceModel = {
  name: string;
  part: VoicePart;
  /** An archive with `model.onnx` in it, or the ONNX file itself. */
  url: string;
  bytes: number;
  /** As several independent public programs pin it for the same file; see CatalogueModel. */
  sha256: string;
  licence: string;
  /** Whose it is and what for. */
  about: string;
};

const releases = 'https://github.com/k2-fsa/sherpa-onnx/releases/download';

/** As on the release pages; the second one's tag is spelled so. */
export const voiceCatalogue: CatalogueVoiceModel[] = [
  {
    name: 'sherpa-onnx-pyannote-segmentation-3-0',
    part: 'segmentation',
    url: `${releases}/speaker-segmentation-models/sherpa-onnx-pyannote-segmentation-3-0.tar.bz2`,
    bytes: 6_958_444,
    sha256: '24615ee884c897d9d2ba09bb4d30da6bb1b15e685065962db5b02e76e4996488',
    licence: 'MIT',
    about: 'pyannote segmentation 3.0: where somebody speaks, and where another begins.',
  },
  {
    name: 'nemo_en_titanet_small',
    part: 'embedding',
    url: `${releases}/speaker-recongition-models/nemo_en_titanet_small.onnx`,
    bytes: 40_257_283,
    sha256: 'ad4a1802485d8b34c722d2a9d04249662f2ece5d28a7a039063ca22f515a789e',
    licence: 'CC-BY-4.0',
    about: 'NVIDIA TitaNet small: knows a voice again.',
  },
];

/** @returns null when the name is not in the catalogue */
export function findVoiceModelInCatalogue(name: string): CatalogueVoiceModel | null {
  return voiceCatalogue.find((model) => model.name === name) ?? null;
}
