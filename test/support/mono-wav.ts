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
  const clipped = new Int16Array(samples.length);
  for (let i = 0; i < samples.length; i++) clipped[i] = Math.max(-1, Math.min(1, samples[i]!)) * 32767;
  return Buffer.concat([head, Buffer.from(clipped.buffer)]);
}

/** Twice the sample rate, by straight lines: what a receiver does to telephone sound before recognition. */
export function upsampled({ samples, sampleRate }: Sound): Sound {
  const doubled = new Float32Array(samples.length * 2);
  for (let i = 0; i < doubled.length; i++)
    doubled[i] = ((samples[i >> 1] ?? 0) + (samples[(i + 1) >> 1] ?? 0)) / 2;
  return { samples: doubled, sampleRate: sampleRate * 2 };
}
