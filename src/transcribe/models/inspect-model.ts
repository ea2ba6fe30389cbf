import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { findInCatalogue } from './catalogue.ts';
import { readMetadata } from './read-metadata.ts';
import type { ModelKind, SpeechModel } from './speech-model.ts';

/** File names of the sherpa-onnx releases, by part. The quantised file of a part is preferred. */
const parts: Record<string, RegExp> = {
  tokens: /(^|-)tokens\.txt$/,
  preprocessor: /^preprocess.*\.onnx$/,
  uncachedDecoder: /^uncached_decode.*\.onnx$/,
  cachedDecoder: /^cached_decode.*\.onnx$/,
  encoder: /(^|-)encode(r)?[-.].*onnx$/,
  decoder: /(^|-)decoder[-.].*onnx$/,
  joiner: /(^|-)joiner[-.].*onnx$/,
  model: /^(model|.*-?ctc.*)[-.].*onnx$|^model\.onnx$/,
};

/**
 * Recognises a model by its files and by what its ONNX files say of themselves.
 * @returns null when the folder holds no model that can be loaded
 */
export async function inspectModel(folder: string): Promise<SpeechModel | null> {
  const path = resolve(folder);
  const names = await readdir(path).catch(() => []);
  const files: Record<string, string> = {};
  for (const [part, pattern] of Object.entries(parts)) {
    const matching = names.filter((name) => pattern.test(name) && !isOther(part, name));
    const chosen = matching.find((name) => name.includes('int8')) ?? matching[0];
    if (chosen) files[part] = join(path, chosen);
  }
  // what the catalogue says of a folder of this name holds; another model tells it itself
  const kind = findInCatalogue(basename(path))?.kind ?? (await recogniseKind(files));
  if (!kind || usedParts(kind).some((part) => !files[part])) return null;
  const used = usedParts(kind).map((part) => [part, files[part]!] as const);
  const sizes = await Promise.all(used.map(async ([, file]) => (await stat(file)).size));
  return {
    name: basename(path),
    folder: path,
    kind,
    files: Object.fromEntries(used),
    bytes: sizes.reduce((sum, size) => sum + size, 0),
  };
}

/** `uncached_decode.onnx` would also pass for an encoder's or decoder's name. */
function isOther(part: string, name: string): boolean {
  return part === 'encoder' && /decode/.test(name.replace(/encode(r)?/, ''));
}

async function recogniseKind(files: Record<string, string>): Promise<ModelKind | null> {
  const { encoder, decoder, joiner, model } = files;
  if (files.preprocessor && encoder && files.uncachedDecoder && files.cachedDecoder) return 'moonshine';
  if (encoder && decoder && joiner) {
    const about = await readMetadata(encoder);
    if (/EncDec\w*RNNT|EncDec\w*Hybrid|nemo/i.test(about)) return 'nemo-transducer';
    return about.includes('decode_chunk_len') ? 'streaming-transducer' : 'offline-transducer';
  }
  if (encoder && decoder) return 'whisper';
  if (!model) return null;
  const about = await readMetadata(model);
  if (/EncDec\w*CTC/.test(about)) return 'nemo-ctc';
  if (about.includes('sense_voice')) return 'sense-voice';
  return about.includes('zipformer2_ctc') ? 'zipformer-ctc' : null;
}

function usedParts(kind: ModelKind): string[] {
  switch (kind) {
    case 'moonshine':
      return ['preprocessor', 'encoder', 'uncachedDecoder', 'cachedDecoder', 'tokens'];
    case 'whisper':
      return ['encoder', 'decoder', 'tokens'];
    case 'streaming-transducer':
    case 'offline-transducer':
    case 'nemo-transducer':
      return ['encoder', 'decoder', 'joiner', 'tokens'];
    default:
      return ['model', 'tokens'];
  }
}
