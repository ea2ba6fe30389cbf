import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { AudioError } from '../../../src/lib/audio/audio-error.ts';
import { decodeAudio } from '../../../src/lib/audio/decode-audio.ts';
import { probeAudio } from '../../../src/lib/audio/probe-audio.ts';
import { hasFfmpeg } from '../../recording/make-audio.ts';

/**
 * Recordings as telephony sends them, where the machine has some: a folder `audio` beside that of the speech
 * models, with `formats`, `real` and `corrupt` in it.
 */
const folder = join(process.env.ARIA_MODELS_DIR ?? '/nonexistent', '..', 'audio');
const filesOf = (name: string) =>
  existsSync(join(folder, name))
    ? readdirSync(join(folder, name))
        .filter((file) => /\.(?:wav|mp3|m4a|ogg|flac)$/.test(file))
        .map((file) => join(name, file))
    : [];
if (!existsSync(folder)) {
  console.warn('SKIPPED: the matrix of formats needs a folder `audio` beside ARIA_MODELS_DIR');
}

async function decodeHere(path: string) {
  const channels: number[][] = [];
  let sampleRate = 0;
  for await (const chunk of decodeAudio(path)) {
    sampleRate = chunk.sampleRate;
    for (const [index, samples] of chunk.channels.entries()) {
      channels[index] ??= [];
      for (const sample of samples) channels[index].push(sample);
    }
  }
  return { sampleRate, channels };
}

/** Samples as ffmpeg has them at the same rate, one array per channel. */
async function decodeThere(path: string, sampleRate: number, channels: number) {
  const args = ['-v', 'error', '-i', path, '-f', 'f32le', '-ar', String(sampleRate), '-ac', String(channels)];
  const { stdout } = await promisify(execFile)('ffmpeg', [...args, '-'], {
    encoding: 'buffer',
    maxBuffer: 2 ** 29,
  });
  const all = new Float32Array(stdout.buffer, stdout.byteOffset, Math.floor(stdout.length / 4));
  return Array.from({ length: channels }, (_, channel) =>
    all.filter((_sample, index) => index % channels === channel),
  );
}

/** Pearson's correlation of the samples as they lie, without any shift; silence on both sides is the same. */
function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [both, ones, others] = [0, 0, 0];
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    both += a[i]! * b[i]!;
    ones += a[i]! ** 2;
    others += b[i]! ** 2;
  }
  return ones === 0 && others === 0 ? 1 : both / Math.sqrt(ones * others);
}

describe.runIf(hasFfmpeg && existsSync(folder))('every format', () => {
  test.each([...filesOf('formats'), ...filesOf('real')])('%s is heard as ffmpeg hears it', async (file) => {
    const path = join(folder, file);
    const here = await decodeHere(path);
    const there = await decodeThere(path, here.sampleRate, here.channels.length);
    for (const [channel, samples] of here.channels.entries()) {
      const other = there[channel]!;
      expect(Math.abs(samples.length / other.length - 1)).toBeLessThan(0.01);
      expect(correlation(samples, other)).toBeGreaterThan(0.99);
    }
  });
});

describe.runIf(existsSync(folder))('every damaged file', () => {
  /** What is there of it, in seconds, or why there is nothing. */
  const expected: Record<string, number | string> = {
    'empty.mp3': 'empty',
    'html_error_page.mp3': 'not_audio',
    'mid_garbage.mp3': 25.67,
    'random.mp3': 'not_audio',
    'streamed_size.wav': 25.67,
    'tiny.mp3': 'empty',
    'truncated.mp3': 9.9,
    'truncated.wav': 12.5,
    'wav_named.mp3': 25.67,
    'zero_size.wav': 25.67,
  };
  test.each(filesOf('corrupt'))('%s gives what is readable, or a clear reason', async (file) => {
    const found = await probeAudio(join(folder, file)).catch((error: unknown) => error);
    const wanted = expected[file.replace('corrupt/', '')];
    if (typeof wanted === 'string') {
      expect(found).toBeInstanceOf(AudioError);
      expect(found).toMatchObject({ reason: wanted });
    } else if (wanted !== undefined) {
      const { seconds } = found as { seconds: number };
      expect(Math.abs(seconds / wanted - 1)).toBeLessThan(0.02);
    } else {
      // a file that nobody has looked at: either way, but never a bug
      expect(found instanceof AudioError || (found as { seconds: number }).seconds > 0).toBe(true);
    }
  });
});
