import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { sampleRate } from './speak.ts';

/** Sends signals over a telephone line (300-3400 Hz) and makes a small 8 kHz file of them, by way of `folder`. */
export async function encode(channels: Float32Array[], kind: 'mp3' | 'wav', folder: string): Promise<Buffer> {
  const mono = channels.length === 1;
  // Channels are kept apart (no joint stereo): whoever listens to one must not hear the other.
  const codec =
    kind === 'mp3'
      ? ['-c:a', 'libmp3lame', '-b:a', mono ? '16k' : '32k', '-joint_stereo', '0', '-id3v2_version', '0']
      : ['-c:a', 'pcm_mulaw'];
  // Not into a pipe: the length (WAV) and the encoder's delay (MP3) go into the head of the file at the end.
  const out = `${folder}/encoded.${kind}`;
  await ffmpeg(
    ['-f', 'f32le', '-ar', String(sampleRate), '-ac', String(channels.length), '-i', 'pipe:0']
      .concat(['-af', 'highpass=f=300,lowpass=f=3400', '-bitexact', '-map_metadata', '-1'])
      .concat([...codec, '-y', out]),
    interleave(channels),
  );
  return readFile(out);
}

/** Decodes a file to one signal per channel at 8 kHz. */
export async function decode(file: Buffer, channels: number): Promise<Float32Array[]> {
  const raw = await ffmpeg(
    ['-i', 'pipe:0', '-f', 'f32le', '-ar', String(sampleRate), '-ac', String(channels), 'pipe:1'],
    file,
  );
  const samples = new Float32Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.byteLength));
  return Array.from({ length: channels }, (_, channel) =>
    Float32Array.from(
      { length: Math.floor(samples.length / channels) },
      (_, i) => samples[i * channels + channel]!,
    ),
  );
}

function interleave(channels: Float32Array[]): Buffer {
  const length = channels[0]!.length;
  const samples = new Float32Array(length * channels.length);
  for (const [channel, signal] of channels.entries())
    for (const [i, sample] of signal.entries()) samples[i * channels.length + channel] = sample;
  return Buffer.from(samples.buffer);
}

async function ffmpeg(args: string[], input: Buffer): Promise<Buffer> {
  const child = spawn('ffmpeg', ['-v', 'error', ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(input);
  const [output, [code]] = await Promise.all([buffer(child.stdout), once(child, 'close')]);
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}`);
  return output;
}
