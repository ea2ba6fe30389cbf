import { open } from 'node:fs/promises';
import { muLawSilence } from './mu-law.ts';
import type { Span } from './mute-audio.ts';
import { headBytes } from './write-mu-law-wav.ts';

/**
 * Silences stretches on all channels of a file that `createMuLawWriter` wrote, in place. What comes of it has the same
 * bytes as `muteAudio`'s copy of the same recording.
 * @returns bytes of the file
 */
export async function silenceMuLawWav(path: string, spans: readonly Span[]): Promise<number> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    const head = Buffer.alloc(headBytes);
    await file.read(head, 0, headBytes, 0);
    const [channels, sampleRate, bytes] = [
      head.readUInt16LE(22),
      head.readUInt32LE(24),
      head.readUInt32LE(54),
    ];
    for (const { start, end } of spans) {
      const from = Math.max(0, Math.floor(start * sampleRate)) * channels;
      const to = Math.min(bytes, Math.ceil(end * sampleRate) * channels);
      if (from < to) await file.write(Buffer.alloc(to - from, muLawSilence), 0, to - from, headBytes + from);
    }
    return size;
  } finally {
    await file.close();
  }
}
