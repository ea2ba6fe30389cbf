import { execFile } from 'node:child_process';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { decodeAudio } from '../../src/lib/audio/decode-audio.ts';

/**
 * Makes a long two-channel recording out of the samples, one after another until the time is full. Needs ffmpeg for
 * other formats than WAV.
 *
 *   node bench/speech/long-call.ts --minutes 60 --out /tmp/hour.mp3
 */
const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '60' }, out: { type: 'string' } },
});
if (!values.out) throw new Error('Usage: node bench/speech/long-call.ts --minutes N --out FILE');
const folder = fileURLToPath(new URL('../../samples/audio', import.meta.url));
const rate = 8000;

const frames: Buffer[] = [];
for (const name of (await readdir(folder)).sort()) {
  for await (const { sampleRate, channels } of decodeAudio(join(folder, name))) {
    if (sampleRate !== rate || channels.length !== 2) break;
    const bytes = Buffer.alloc(4 * channels[0]!.length);
    for (let frame = 0; frame < channels[0]!.length; frame += 1) {
      for (const channel of [0, 1]) {
        bytes.writeInt16LE(Math.round(channels[channel]![frame]! * 32_767), 4 * frame + 2 * channel);
      }
    }
    frames.push(bytes);
  }
}
const wanted = Number(values.minutes) * 60 * rate * 4;
const round = Buffer.concat(frames);
if (round.length === 0) throw new Error('No sample has two channels at 8 kHz');
const source = `${values.out}.raw`;
const copies = Math.ceil(wanted / round.length);
await writeFile(source, Buffer.concat(Array.from({ length: copies }, () => round)).subarray(0, wanted));
const input = ['-f', 's16le', '-ar', String(rate), '-ac', '2', '-i', source];
const coding = values.out.endsWith('.mp3') ? ['-b:a', '32k'] : [];
await promisify(execFile)('ffmpeg', ['-v', 'error', '-y', ...input, ...coding, values.out]);
await rm(source);
console.log(`${values.out}: ${values.minutes} minutes, ${frames.length} pieces over and over`);
