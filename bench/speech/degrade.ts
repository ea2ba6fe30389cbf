import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeAudio } from '../../src/lib/audio/decode-audio.ts';
import { encodeWav } from '../../src/transcribe/provider/encode-wav.ts';

/** The telephone's band, in Hz. */
const band = { low: 300, high: 3400 };
const phoneRate = 8000;

/** Makes telephone versions of recordings in a folder that `remove` deletes. */
export async function makeDegraded() {
  const folder = await mkdtemp(join(tmpdir(), 'aria-eval-'));
  let count = 0;
  return {
    async degrade(path: string): Promise<string> {
      const samples: number[] = [];
      let rate = 16_000;
      for await (const chunk of decodeAudio(path)) {
        rate = chunk.sampleRate;
        for (const sample of chunk.channels[0]!) samples.push(sample);
      }
      const target = join(folder, `${count++}.wav`);
      await writeFile(target, encodeWav([toPhone(Float32Array.from(samples), rate)], phoneRate));
      return target;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function toPhone(samples: Float32Array, rate: number): Float32Array {
  let filtered = samples;
  // two sections each: 24 dB per octave, about what a telephone channel does
  for (const q of [0.54, 1.31]) filtered = biquad(filtered, 'high', band.low, rate, q);
  for (const q of [0.54, 1.31]) filtered = biquad(filtered, 'low', band.high, rate, q);
  const step = rate / phoneRate;
  return Float32Array.from({ length: Math.floor(filtered.length / step) }, (_, index) =>
    muLaw(filtered[Math.floor(index * step)]!),
  );
}

/** Second-order Butterworth section (R. Bristow-Johnson, Audio EQ Cookbook). */
function biquad(
  input: Float32Array,
  kind: 'low' | 'high',
  hz: number,
  rate: number,
  q: number,
): Float32Array {
  const w = (2 * Math.PI * hz) / rate;
  const [cos, alpha] = [Math.cos(w), Math.sin(w) / (2 * q)];
  const edge = kind === 'low' ? (1 - cos) / 2 : (1 + cos) / 2;
  const [b0, b1, b2] = [edge, kind === 'low' ? 1 - cos : -(1 + cos), edge];
  const [a0, a1, a2] = [1 + alpha, -2 * cos, 1 - alpha];
  const output = new Float32Array(input.length);
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  for (let i = 0; i < input.length; i++) {
    const x = input[i]!;
    const y = (b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2) / a0;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    output[i] = y;
  }
  return output;
}

/** There and back through mu-law's 8 bits (ITU-T G.711, by its formula). */
function muLaw(sample: number): number {
  const mu = 255;
  const x = Math.max(-1, Math.min(1, sample));
  const code = Math.round((Math.sign(x) * Math.log1p(mu * Math.abs(x)) * 127) / Math.log1p(mu));
  return (Math.sign(code) * ((1 + mu) ** (Math.abs(code) / 127) - 1)) / mu;
}
