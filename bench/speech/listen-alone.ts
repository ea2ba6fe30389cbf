import { decodeAudio } from '../../src/lib/audio/decode-audio.ts';
import { createResampler } from '../../src/transcribe/local/listen-channel.ts';
import { loadRecognizer } from '../../src/transcribe/local/recognize.ts';
import { modelRate } from '../../src/transcribe/local/recognizer-config.ts';
import type { SpeechModel } from '../../src/transcribe/models/speech-model.ts';

/** Longest stretch at once, as the pipeline has it. */
const longest = 20 * modelRate;

/**
 * The recogniser by itself: whole channels, without looking for speech first. Decoding and resampling are not timed.
 * @returns seconds of processor time
 */
export function createListenAlone(model: SpeechModel): (path: string, channels: number) => Promise<number> {
  const recognize = loadRecognizer(model);
  return async (path, channels) => {
    const heard: Float32Array[][] = Array.from({ length: channels }, () => []);
    const resamplers: ReturnType<typeof createResampler>[] = [];
    for await (const chunk of decodeAudio(path)) {
      for (const [index, samples] of chunk.channels.slice(0, channels).entries()) {
        resamplers[index] ??= createResampler(chunk.sampleRate);
        heard[index]!.push(resamplers[index].resample(samples).slice());
      }
    }
    let work = 0;
    for (const pieces of heard) {
      const samples = join(pieces);
      for (let from = 0; from < samples.length; from += longest) {
        const piece = samples.slice(from, from + longest);
        const before = process.cpuUsage();
        recognize(piece);
        const { user, system } = process.cpuUsage(before);
        work += (user + system) / 1e6;
      }
    }
    return work;
  };
}

function join(pieces: Float32Array[]): Float32Array {
  const all = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
