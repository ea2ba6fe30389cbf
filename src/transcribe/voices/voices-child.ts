import { decodeAudio } from '../../lib/audio/decode-audio.ts';
import { answerAsDecoder } from '../../lib/audio/run-decoder.ts';
import { createResampler } from '../local/listen-channel.ts';
import { modelRate } from '../local/recognizer-config.ts';
import { loadDiarisation } from './diarise.ts';
import type { VoicesAnswer } from './hear-voices.ts';

/** The program of the process apart: loads both models and, where a file is named, tells its voices apart. */
const [segmentation = '', embedding = '', path = '', seconds = '0'] = process.argv.slice(2);

await answerAsDecoder(async (): Promise<VoicesAnswer> => {
  try {
    const diarise = loadDiarisation({ segmentation, embedding });
    return path === '' ? { voices: null } : { voices: diarise(await readMono(path, Number(seconds))) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
});

/** The first channel at 16 kHz. */
async function readMono(file: string, length: number): Promise<Float32Array> {
  const samples = new Float32Array(Math.ceil((length + 1) * modelRate));
  let at = 0;
  let resampler: ReturnType<typeof createResampler> | null = null;
  const keep = (piece: Float32Array) => {
    const fits = piece.subarray(0, samples.length - at);
    samples.set(fits, at);
    at += fits.length;
  };
  for await (const { sampleRate, channels } of decodeAudio(file)) {
    resampler ??= createResampler(sampleRate);
    keep(resampler.resample(channels[0]!));
  }
  if (resampler) keep(resampler.flush(new Float32Array(0)));
  return samples.subarray(0, at);
}
