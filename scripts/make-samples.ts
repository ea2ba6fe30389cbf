/**
 * Makes samples/audio and samples/samples.json from samples/scripts: short calls spoken by synthetic voices over
 * a telephone line. Needed only to change the samples, which are kept in the repository.
 *
 * Wants Debian's packages flite, espeak-ng, sox, libsox-fmt-base and ffmpeg:
 *   apt-get install flite espeak-ng sox ffmpeg
 *   node scripts/make-samples.ts
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { type Sample, samplesFolder } from '../demo/sample.ts';
import { envelopeOf, packEnvelope } from '../demo/sound/envelope.ts';
import { decode, encode } from './samples/encode.ts';
import { perform } from './samples/perform.ts';
import { type CallScript, readScripts } from './samples/script.ts';
import { sampleRate } from './samples/speak.ts';

async function makeSample(script: CallScript, scratch: string): Promise<Sample> {
  const { channels, turns, music } = await perform(script, scratch);
  const bytes = await encode(channels, script.file, scratch);
  const file = `audio/${script.id}.${script.file}`;
  await writeFile(`${samplesFolder}/${file}`, bytes);
  const heard = await decode(bytes, channels.length);
  return {
    id: script.id,
    about: script.about,
    vertical: script.vertical,
    file,
    seconds: Math.round((heard[0]!.length / sampleRate) * 100) / 100,
    channels: channels.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    truth: script.truth,
    turns,
    music,
    envelopes: heard.map((signal) => packEnvelope(envelopeOf(signal, sampleRate))),
  };
}

async function versions(): Promise<string[]> {
  const packages = ['flite', 'espeak-ng', 'sox', 'ffmpeg'];
  const { stdout } = await promisify(execFile)('dpkg-query', ['-W', ...packages]);
  return stdout.trim().replaceAll('\t', ' ').split('\n');
}

const scratch = await mkdtemp(`${tmpdir()}/make-samples-`);
await rm(`${samplesFolder}/audio`, { recursive: true, force: true });
await mkdir(`${samplesFolder}/audio`, { recursive: true });
const samples: Sample[] = [];
for (const script of await readScripts(`${samplesFolder}/scripts`)) {
  const sample = await makeSample(script, scratch);
  samples.push(sample);
  console.log(`${sample.file}  ${sample.seconds.toFixed(1)} s  ${sample.channels} ch`);
}
await rm(scratch, { recursive: true });
const list = { made_by: 'scripts/make-samples.ts', tools: await versions(), samples };
await writeFile(`${samplesFolder}/samples.json`, `${JSON.stringify(list, null, 1)}\n`);
