import type { RecognizerConfig } from 'sherpa-onnx-node';
import type { SpeechModel } from '../models/speech-model.ts';

/** The rate at which every model listens, in Hz. */
export const modelRate = 16_000;

/**
 * How a model is loaded. One thread each: more make small models slower, and several calls are heard at once.
 * Beam search with 8 paths hears a little more than the greedy one where a model has it.
 */
export function recognizerConfig(model: SpeechModel): RecognizerConfig {
  const { encoder, decoder, joiner, tokens = '' } = model.files;
  const base = { tokens, numThreads: 1, provider: 'cpu', debug: 0 };
  const config = (part: Record<string, unknown>): RecognizerConfig => ({
    featConfig: { sampleRate: modelRate, featureDim: 80 },
    modelConfig: { ...base, ...part },
  });
  const beam = { decodingMethod: 'modified_beam_search', maxActivePaths: 8 } as const;
  switch (model.kind) {
    case 'streaming-transducer':
    case 'offline-transducer':
      return { ...config({ transducer: { encoder, decoder, joiner } }), ...beam };
    case 'nemo-transducer':
      return config({ transducer: { encoder, decoder, joiner }, modelType: 'nemo_transducer' });
    case 'whisper':
      return config({ whisper: { encoder, decoder, language: '', task: 'transcribe', tailPaddings: -1 } });
    case 'moonshine': {
      const { preprocessor, uncachedDecoder, cachedDecoder } = model.files;
      return config({ moonshine: { preprocessor, encoder, uncachedDecoder, cachedDecoder } });
    }
    case 'nemo-ctc':
      return config({ nemoCtc: { model: model.files.model } });
    case 'zipformer-ctc':
      return config({ zipformerCtc: { model: model.files.model } });
    case 'sense-voice':
      return config({
        senseVoice: { model: model.files.model, language: '', useInverseTextNormalization: 1 },
      });
  }
}
