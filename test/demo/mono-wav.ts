import type { Sound } from '../../demo/sound/wav.ts';

/** A sound as a WAV file of 16-bit PCM. */
export function monoWav({ samples, sampleRate }: Sound): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length * 2, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(sampleRate, 24);
  head.writeUInt32LE(sampleRate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length * 2, 40);
  const clipped = Int16Array.from(samples, (sample) => Math.round(Math.max(-1, Math.min(1, sample)) * 32767));
  return Buffer.concat([head, Buffer.from(clipped.buffer)]);
}

/** Twice the sample rate, by straight lines: what a receiver does to telephone sound before recognition. */
export function upsampled({ samples, sampleRate }: Sound): Sound {
  const doubled = Float32Array.from({ length: samples.length * 2 }, (_, i) => {
    const [left, right] = [samples[i >> 1] ?? 0, samples[(i + 1) >> 1] ?? 0];
    return (left + right) / 2;
  });
  return { samples: doubled, sampleRate: sampleRate * 2 };
}
