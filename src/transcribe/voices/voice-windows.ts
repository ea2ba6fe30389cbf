import { cepstraOf, cepstraPerFrame, framesPerSecond } from './cepstra.ts';

/** A piece of speech and how the voice in it sounds, as numbers that can be compared within one recording. */
export type VoiceWindow = {
  /** Seconds from the recording's start. */
  start: number;
  end: number;
  /** Which stretch of speech it belongs to; within one, a change of voice is rarer. */
  stretch: number;
  /** Mean and deviation of each cepstrum. */
  features: Float32Array;
};

/** Long enough for a voice to show, short enough for "yes". */
const windowSeconds = 1.5;
const stepSeconds = 0.25;

/** Windows over one stretch of speech (samples at 16 kHz). The time of a window is its middle step. */
export function voiceWindows(samples: Float32Array, start: number, stretch: number): VoiceWindow[] {
  const cepstra = cepstraOf(samples);
  const frames = cepstra.length / cepstraPerFrame;
  if (frames < 10) return [];
  const [step, half] = [stepSeconds * framesPerSecond, (windowSeconds * framesPerSecond) / 2];
  const count = Math.max(1, Math.round(frames / step));
  return Array.from({ length: count }, (_, index) => {
    const middle = ((index + 0.5) * frames) / count;
    const from = Math.max(0, Math.round(middle - half));
    const to = Math.min(frames, Math.round(middle + half));
    return {
      start: start + (index * frames) / count / framesPerSecond,
      end: start + ((index + 1) * frames) / count / framesPerSecond,
      stretch,
      features: statistics(cepstra, from, to),
    };
  });
}

function statistics(cepstra: Float32Array, from: number, to: number): Float32Array {
  const features = new Float32Array(2 * cepstraPerFrame);
  for (let order = 0; order < cepstraPerFrame; order += 1) {
    let [sum, squares] = [0, 0];
    for (let frame = from; frame < to; frame += 1) {
      const value = cepstra[frame * cepstraPerFrame + order]!;
      sum += value;
      squares += value * value;
    }
    const mean = sum / (to - from);
    features[order] = mean;
    features[cepstraPerFrame + order] = Math.sqrt(Math.max(0, squares / (to - from) - mean * mean));
  }
  return features;
}
