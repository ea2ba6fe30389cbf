import { open } from 'node:fs/promises';
import { writeMuLaw } from './mu-law.ts';

/** Of the head before the samples. */
export const headBytes = 58;

/** A WAV file of mu-law samples that is being written. */
export type MuLawWriter = {
  /** Samples of all channels, of equal length. */
  write: (channels: readonly Float32Array[]) => Promise<void>;
  /** Puts the lengths into the head; not flushed, as storing the file is. @returns bytes of the file */
  finish: () => Promise<number>;
  close: () => Promise<void>;
};

/**
 * Writes telephony's own coding: a byte per sample, played by every browser, decoded without ffmpeg. The path must
 * not exist yet.
 */
export async function createMuLawWriter(
  path: string,
  format: { sampleRate: number; channels: number },
): Promise<MuLawWriter> {
  const file = await open(path, 'wx', 0o600);
  let bytes = 0;
  await file.write(head(format, 0));
  return {
    write: async (channels) => {
      const coded = Buffer.alloc(channels[0]!.length * channels.length);
      for (const [channel, samples] of channels.entries()) {
        writeMuLaw(samples, coded, channel, channels.length);
      }
      bytes += coded.length;
      await file.write(coded);
    },
    finish: async () => {
      if (bytes % 2 === 1) await file.write(Buffer.alloc(1));
      await file.write(head(format, bytes), 0, headBytes, 0);
      return headBytes + bytes + (bytes % 2);
    },
    close: () => file.close(),
  };
}

/** RIFF with `fmt ` of 18 bytes and `fact`, as formats other than PCM need them (Microsoft MMREG.H). */
function head({ sampleRate, channels }: { sampleRate: number; channels: number }, bytes: number): Buffer {
  const text = Buffer.alloc(headBytes);
  text.write('RIFF', 0);
  text.writeUInt32LE(headBytes - 8 + bytes + (bytes % 2), 4);
  text.write('WAVEfmt ', 8);
  text.writeUInt32LE(18, 16);
  text.writeUInt16LE(7, 20);
  text.writeUInt16LE(channels, 22);
  text.writeUInt32LE(sampleRate, 24);
  text.writeUInt32LE(sampleRate * channels, 28);
  text.writeUInt16LE(channels, 32);
  text.writeUInt16LE(8, 34);
  text.write('fact', 38);
  text.writeUInt32LE(4, 42);
  text.writeUInt32LE(bytes / channels, 46);
  text.write('data', 50);
  text.writeUInt32LE(bytes, 54);
  return text;
}
