import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type VoiceName, voices } from './voices.ts';

const run = promisify(execFile);

/** Telephone speech has no more than this. */
export const sampleRate = 8000;

/** Cuts what is quieter than 0.5 % of full scale. */
const trimStart = ['silence', '1', '0.02', '0.5%'];

/** Speaks a text, without leading and trailing silence, at an even loudness, 8 kHz. */
export async function speak(voice: VoiceName, text: string, folder: string): Promise<Float32Array> {
  const raw = `${folder}/spoken.wav`;
  const { command, args } = voices[voice].speak(text, raw);
  await run(command, args);
  // -D: no dither, so that the same words give the same bytes.
  const { stdout } = await run(
    'sox',
    ['-D', raw, '-t', 'f32', '-r', String(sampleRate), '-c', '1', '-', ...voices[voice].effects].concat([
      'norm',
      '-6',
      ...trimStart,
      'reverse',
      ...trimStart,
      'reverse',
      'pad',
      '0.05',
      '0.05',
    ]),
    { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 },
  );
  return new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.byteLength));
}
