import sherpa from 'sherpa-onnx-node';
import type { Speech, SpeechDetector } from '../speech-detector.ts';
import type { Segment } from '../transcriber.ts';
import { longestSpeech } from './detect-speech.ts';
import type { Recognize } from './recognize.ts';
import { modelRate } from './recognizer-config.ts';

/** Real sound before speech: with silence in its place the first word suffers. */
const preRoll = Math.round(0.3 * modelRate);
/** Samples that are kept for speech that is found later than it was said. */
const keep = (longestSpeech + 12) * modelRate;

/** Listens to one channel of one recording, in pieces, with bounded memory. */
export type ChannelListener = {
  accept: (samples: Float32Array) => Segment[];
  finish: () => Segment[];
  /** Seconds with a voice in them so far. */
  speechSeconds: () => number;
  /** Where it is, in seconds. */
  speech: () => { start: number; end: number }[];
};

type Resample = {
  resample: (samples: Float32Array) => Float32Array;
  flush: (samples: Float32Array) => Float32Array;
};

/** Channels that already run at 16 kHz pass as they are. */
export function createResampler(rate: number): Resample {
  const same = (samples: Float32Array) => samples;
  return rate === modelRate ? { resample: same, flush: same } : new sherpa.LinearResampler(rate, modelRate);
}

export function listenToChannel(deps: {
  resampler: Resample;
  detector: SpeechDetector;
  recognize: Recognize;
  /** Gets the sound of each stretch of speech, at 16 kHz, and where it begins in samples. */
  onSpeech?: (samples: Float32Array, start: number) => void;
  /** Gets all samples at 16 kHz as they come. */
  onSamples?: (samples: Float32Array) => void;
}): ChannelListener {
  const { resampler, detector, recognize, onSpeech, onSamples } = deps;
  const past = new Float32Array(keep);
  let total = 0;
  const spoken: Speech[] = [];

  const remember = (samples: Float32Array) => {
    for (let from = 0; from < samples.length; ) {
      const at = (total + from) % keep;
      const length = Math.min(samples.length - from, keep - at);
      past.set(samples.subarray(from, from + length), at);
      from += length;
    }
    total += samples.length;
  };
  const recall = ({ start, end }: Speech): { samples: Float32Array; from: number } => {
    const from = Math.max(0, total - keep, start - preRoll);
    const samples = new Float32Array(Math.max(0, Math.min(end, total) - from));
    for (let i = 0; i < samples.length; i++) samples[i] = past[(from + i) % keep]!;
    return { samples, from };
  };
  const hear = (speech: Speech): Segment[] => {
    spoken.push(speech);
    const { samples, from } = recall(speech);
    onSpeech?.(samples.subarray(Math.max(0, speech.start - from)), speech.start);
    const offset = from / modelRate;
    const words = recognize(samples).map((word) => ({
      ...word,
      start: round(word.start + offset),
      end: round(word.end + offset),
    }));
    if (words.length === 0) return [];
    const text = words.map((word) => word.text).join(' ');
    return [{ start: words[0]!.start, end: words.at(-1)!.end, text, words }];
  };
  /** In pieces, so that speech is looked up before the past is overwritten. */
  const take = (samples: Float32Array): Segment[] => {
    const found: Segment[] = [];
    for (let from = 0; from < samples.length; from += modelRate) {
      const piece = samples.subarray(from, from + modelRate);
      remember(piece);
      onSamples?.(piece);
      found.push(...detector.accept(piece).flatMap(hear));
    }
    return found;
  };
  return {
    accept: (samples) => take(resampler.resample(samples)),
    finish: () => [...take(resampler.flush(new Float32Array(0))), ...detector.finish().flatMap(hear)],
    speechSeconds: () => spoken.reduce((sum, { start, end }) => sum + end - start, 0) / modelRate,
    speech: () =>
      spoken.map(({ start, end }) => ({ start: round(start / modelRate), end: round(end / modelRate) })),
  };
}

const round = (seconds: number) => Number(seconds.toFixed(3));
