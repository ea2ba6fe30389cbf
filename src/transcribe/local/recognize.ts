import sherpa from 'sherpa-onnx-node';
import type { Word } from '../../domain/transcript.ts';
import type { SpeechModel } from '../models/speech-model.ts';
import { withNoiseFloor } from './noise-floor.ts';
import { modelRate, recognizerConfig } from './recognizer-config.ts';
import { wordsFromPieces } from './words-from-pieces.ts';

/** Words in a stretch of audio at 16 kHz, times from its beginning. */
export type Recognize = (samples: Float32Array) => Word[];

/** Silence after the last word, so that a streaming model lets go of it. */
const tail = new Float32Array(modelRate / 2);

/**
 * Loads a model. A damaged file ends the whole process (the engine calls abort), so this runs in a process apart.
 * @throws Error when the configuration does not fit the files
 */
export function loadRecognizer(model: SpeechModel): Recognize {
  const config = recognizerConfig(model);
  if (model.kind === 'streaming-transducer') {
    const recognizer = new sherpa.OnlineRecognizer(config);
    return (samples) => {
      const stream = recognizer.createStream();
      stream.acceptWaveform({ samples: withNoiseFloor(samples), sampleRate: modelRate });
      stream.acceptWaveform({ samples: tail, sampleRate: modelRate });
      stream.inputFinished();
      while (recognizer.isReady(stream)) recognizer.decode(stream);
      return readWords(recognizer.getResult(stream), samples);
    };
  }
  const recognizer = new sherpa.OfflineRecognizer(config);
  return (samples) => {
    const stream = recognizer.createStream();
    stream.acceptWaveform({ samples: withNoiseFloor(samples), sampleRate: modelRate });
    recognizer.decode(stream);
    return readWords(recognizer.getResult(stream), samples);
  };
}

type Result = {
  text: string;
  tokens?: string[];
  timestamps?: number[];
  ys_probs?: number[];
  ys_log_probs?: number[];
};

function readWords(result: Result, samples: Float32Array): Word[] {
  const pieces = {
    text: result.text,
    tokens: result.tokens ?? [],
    timestamps: result.timestamps ?? [],
    logProbabilities: result.ys_probs ?? result.ys_log_probs ?? [],
  };
  return wordsFromPieces(pieces, samples.length / modelRate);
}
