import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

/** A tone per channel, in hertz; 0 is silence. */
export function tones(seconds: number, sampleRate: number, frequencies: number[]): Float32Array[] {
  return frequencies.map((hertz) =>
    Float32Array.from({ length: Math.round(seconds * sampleRate) }, (_, frame) =>
      hertz === 0 ? 0 : 0.5 * Math.sin((2 * Math.PI * hertz * frame) / sampleRate),
    ),
  );
}

const samples = {
  pcm8: {
    tag: 1,
    bytes: 1,
    write: (to: Buffer, at: number, v: number) => to.writeUInt8(Math.round(v * 127) + 128, at),
  },
  pcm16: {
    tag: 1,
    bytes: 2,
    write: (to: Buffer, at: number, v: number) => to.writeInt16LE(Math.round(v * 32767), at),
  },
  pcm24: {
    tag: 1,
    bytes: 3,
    write: (to: Buffer, at: number, v: number) => to.writeIntLE(Math.round(v * 8388607), at, 3),
  },
  pcm32: {
    tag: 1,
    bytes: 4,
    write: (to: Buffer, at: number, v: number) => to.writeInt32LE(Math.round(v * 2147483647), at),
  },
  float32: { tag: 3, bytes: 4, write: (to: Buffer, at: number, v: number) => to.writeFloatLE(v, at) },
  float64: { tag: 3, bytes: 8, write: (to: Buffer, at: number, v: number) => to.writeDoubleLE(v, at) },
};

export type WavShape = {
  format?: keyof typeof samples;
  /** In place of the true sizes, as some recorders write them. */
  dataSize?: number;
  /** Chunks in front of the samples. */
  before?: { name: string; content: Uint8Array }[];
  after?: Uint8Array;
};

export function wav(channels: Float32Array[], sampleRate: number, shape: WavShape = {}): Buffer {
  const { tag, bytes, write } = samples[shape.format ?? 'pcm16'];
  const frames = channels[0]?.length ?? 0;
  const data = Buffer.alloc(frames * channels.length * bytes);
  for (let frame = 0; frame < frames; frame += 1) {
    channels.forEach((channel, index) => {
      write(data, (frame * channels.length + index) * bytes, channel[frame]!);
    });
  }
  const format = Buffer.alloc(16);
  format.writeUInt16LE(tag, 0);
  format.writeUInt16LE(channels.length, 2);
  format.writeUInt32LE(sampleRate, 4);
  format.writeUInt32LE(sampleRate * channels.length * bytes, 8);
  format.writeUInt16LE(channels.length * bytes, 12);
  format.writeUInt16LE(bytes * 8, 14);
  const before = (shape.before ?? []).map(({ name, content }) => riffChunk(name, content));
  const parts = [
    Buffer.from('WAVE'),
    riffChunk('fmt ', format),
    ...before,
    riffChunk('data', data, shape.dataSize),
    shape.after ?? Buffer.alloc(0),
  ];
  return riffChunk('RIFF', Buffer.concat(parts));
}

function riffChunk(name: string, content: Uint8Array, size = content.length): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32LE(size >>> 0, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}

/** MPEG-2.5 layer III at 8 kHz, 8 kbit/s: frames of 72 bytes and 72 ms without any sound in them. */
export function silentMp3(frames: number, channels: 1 | 2): Buffer {
  const frame = Buffer.alloc(72);
  frame.set([0xff, 0xe3, 0x18, channels === 1 ? 0xc4 : 0x04]);
  return Buffer.concat(Array.from({ length: frames }, () => frame));
}

/** Whether ffmpeg is here; what needs it says so when it is skipped. */
export const hasFfmpeg = (() => {
  try {
    execFileSync('ffmpeg', ['-version'], { stdio: 'ignore' });
    return true;
  } catch {
    console.warn('ffmpeg is not installed: the tests of compressed formats are skipped');
    return false;
  }
})();

/** Has ffmpeg write `bytes` (a WAV file) in another format. @returns the file's path */
export async function encode(bytes: Uint8Array, name: string, args: string[]): Promise<string> {
  const input = await audioFile(bytes, 'source.wav');
  const output = join(input, '..', name);
  await promisify(execFile)('ffmpeg', ['-v', 'error', '-y', '-i', input, ...args, output]);
  return output;
}

/** A file for the running test. */
export async function audioFile(bytes: Uint8Array | string, name = 'audio'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aria-audio-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}
