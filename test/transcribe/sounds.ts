import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const rate = 8000;

/** Seconds of a voice-like sound (`true`) or of silence (`false`), one after another. */
export type Pattern = readonly (readonly [loud: boolean, seconds: number])[];

/** A WAV file of 16-bit PCM with one pattern per channel, removed when the test ends. */
export async function soundFile(
  ...channels: Pattern[]
): Promise<{ path: string; seconds: number; channels: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'aria-sound-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'call.wav');
  const sounds = channels.map(render);
  const frames = Math.max(...sounds.map((sound) => sound.length));
  await writeFile(path, wav(sounds, frames));
  return { path, seconds: frames / rate, channels: channels.length };
}

/** Noise that rises and falls four times a second; the same on every run. */
function render(pattern: Pattern): number[] {
  let state = 1;
  const noise = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 1_073_741_824 - 1;
  };
  return pattern.flatMap(([loud, seconds]) =>
    Array.from({ length: Math.round(seconds * rate) }, (_, i) =>
      loud ? 0.3 * noise() * (0.6 + 0.4 * Math.sin((8 * Math.PI * i) / rate)) : 0,
    ),
  );
}

function wav(sounds: number[][], frames: number): Buffer {
  const bytes = Buffer.alloc(44 + frames * 2 * sounds.length);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(sounds.length, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate * 2 * sounds.length, 28);
  bytes.writeUInt16LE(2 * sounds.length, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(frames * 2 * sounds.length, 40);
  for (let frame = 0; frame < frames; frame++) {
    for (const [index, sound] of sounds.entries()) {
      bytes.writeInt16LE(Math.round((sound[frame] ?? 0) * 32767), 44 + (frame * sounds.length + index) * 2);
    }
  }
  return bytes;
}
