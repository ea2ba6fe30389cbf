import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { samplesFolder } from '../../demo/sample.ts';
import { decodeAudio } from '../../src/lib/audio/decode-audio.ts';
import { createSafeFetch } from '../../src/lib/safe-fetch.ts';
import { addVoiceModel } from '../../src/transcribe/models/add-voice-model.ts';
import { hashOf } from '../../src/transcribe/models/download-file.ts';
import { findVoiceModels, findVoicePair } from '../../src/transcribe/models/find-voice-models.ts';
import { pullVoiceModel } from '../../src/transcribe/models/pull-voice-model.ts';
import { voiceCatalogue } from '../../src/transcribe/models/voice-catalogue.ts';
import type { Audio, RawTranscript } from '../../src/transcribe/transcriber.ts';
import { hearVoices, longestForModels, tryVoiceModels } from '../../src/transcribe/voices/hear-voices.ts';
import type { Voices } from '../../src/transcribe/voices/split-voices.ts';
import { tellVoicesApart } from '../../src/transcribe/voices/tell-voices-apart.ts';
import { monoWav } from '../support/mono-wav.ts';
import { makeVoiceModels } from './voice-models/make-voice-models.ts';

const never = new AbortController().signal;

async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aria-voices-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A sample of two synthetic voices, mixed to one channel; and how loud each of them is in every hundredth of a second. */
async function mixedSample(name: string) {
  const sides: number[][] = [[], []];
  let rate = 0;
  for await (const { sampleRate, channels } of decodeAudio(join(samplesFolder, 'audio', name))) {
    rate = sampleRate;
    for (const side of [0, 1]) for (const sample of channels[side]!) sides[side]!.push(sample);
  }
  const path = join(await scratch(), 'mixed.wav');
  const mixed = sides[0]!.map((sample, at) => (sample + sides[1]![at]!) / 2);
  await writeFile(path, monoWav({ samples: Float32Array.from(mixed), sampleRate: rate }));
  return { path, seconds: mixed.length / rate, loudness: sides.map((side) => loudness(side, rate / 100)) };
}

function loudness(samples: readonly number[], frame: number): number[] {
  return Array.from({ length: Math.floor(samples.length / frame) }, (_, index) => {
    const from = index * frame;
    return samples.slice(from, from + frame).reduce((sum, one) => sum + one * one, 0) / frame;
  });
}

/** The share of time in which one side speaks and the voice is that side's, with the better of two assignments. */
function agreement({ spans }: Voices, [first, second]: number[][]): number {
  let [right, all] = [0, 0];
  for (const [index, ofFirst] of first!.entries()) {
    const ofSecond = second![index]!;
    if (Math.max(ofFirst, ofSecond) < 2e-4) continue;
    const time = (index + 0.5) / 100;
    const span = spans.find(({ start, end }) => start <= time && time <= end);
    all += 1;
    if (span && (span.voice === 0) === ofFirst > ofSecond) right += 1;
  }
  return Math.max(right, all - right) / all;
}

async function voicesOf(file: { path: string; seconds: number }): Promise<Voices> {
  const answer = await hearVoices(file, await makeVoiceModels(await scratch()), never);
  if ('fault' in answer || !answer.voices) throw new Error(JSON.stringify(answer));
  return answer.voices;
}

/** As after a file was damaged on its way. */
async function cut(path: string) {
  const bytes = await readFile(path);
  await writeFile(path, bytes.subarray(0, bytes.length / 2));
}

const said = (voices: Voices | null): RawTranscript => ({
  channels: [
    { channel: 0, segments: [{ start: 0, end: 1, text: 'hello', words: [] }], speechSeconds: 1, voices },
  ],
  language: 'en',
  engine: 'x:y',
  simulated: false,
  seconds: 1,
  cost: null,
  warnings: ['first'],
});
const audio: Audio = { path: '/x', seconds: 60, channels: 1, layout: 'mono' };
const some: Voices = { spans: [{ start: 0, end: 1, voice: 0 }], separation: 0.9 };
const other: Voices = { spans: [{ start: 0, end: 1, voice: 1 }], separation: 0.8 };

describe("the engine's diarisation, with models of the published form", () => {
  it.each(['plumber-booked.mp3', 'policy-bound.mp3'])('tells the two voices of %s apart', async (name) => {
    const sample = await mixedSample(name);
    const voices = await voicesOf(sample);
    expect(voices.spans[0]!.voice).toBe(0);
    expect(agreement(voices, sample.loudness)).toBeGreaterThan(0.95);
    // untrained, the embedding holds much of the line, which both share
    expect(voices.separation).toBeGreaterThan(0.3);
  });

  it('sees that a voice that is alone is not two', async () => {
    const wave = Array.from({ length: 16_000 * 12 }, (_, at) =>
      at % 32_000 < 24_000 ? 0.2 * (((at * 150) / 16_000) % 1 < 0.1 ? 1 : 0) : 0,
    );
    const path = join(await scratch(), 'one.wav');
    await writeFile(path, monoWav({ samples: Float32Array.from(wave), sampleRate: 16_000 }));
    expect((await voicesOf({ path, seconds: 12 })).separation).toBeLessThan(0.1);
  });

  it('finds no voices in silence', async () => {
    const path = join(await scratch(), 'silence.wav');
    await writeFile(path, monoWav({ samples: new Float32Array(16_000 * 4), sampleRate: 16_000 }));
    const answer = await hearVoices({ path, seconds: 4 }, await makeVoiceModels(await scratch()), never);
    expect(answer).toEqual({ voices: null });
  });
});

describe('models that do not work', () => {
  it.each(['segmentation', 'embedding'] as const)('a damaged %s file ends only its process', async (part) => {
    const models = await makeVoiceModels(await scratch());
    expect(await tryVoiceModels(models, never)).toBeNull();
    await cut(models[part]);
    expect(await tryVoiceModels(models, never)).toMatch(/damaged|config/i);
    const sample = await mixedSample('policy-bound.mp3');
    expect(await hearVoices(sample, models, never)).toMatchObject({ fault: expect.any(String) });
  });

  it('one in the place of the other is a fault, and so is a file that is none', async () => {
    const models = await makeVoiceModels(await scratch());
    const exchanged = { segmentation: models.embedding, embedding: models.segmentation };
    expect(await tryVoiceModels(exchanged, never)).toEqual(expect.any(String));
    expect(await tryVoiceModels({ ...models, embedding: import.meta.filename }, never)).toEqual(
      expect.any(String),
    );
  });

  it('a recording that is too long for them is left alone', async () => {
    const answer = await hearVoices(
      { path: '/none', seconds: longestForModels + 1 },
      { segmentation: '/none', embedding: '/none' },
      never,
    );
    expect(answer).toEqual({ fault: 'the recording is longer than 30 minutes' });
  });

  it('is left when the call is given up', async () => {
    const models = await makeVoiceModels(await scratch());
    const abort = new AbortController();
    const work = hearVoices(await mixedSample('policy-bound.mp3'), models, abort.signal);
    abort.abort(new Error('enough'));
    await expect(work).rejects.toThrow('enough');
  });
});

describe('looking for the models', () => {
  it('knows them by what they say of themselves, in several folders', async () => {
    const [one, two] = [await scratch(), await scratch()];
    const models = await makeVoiceModels(one);
    await mkdir(join(two, 'voices'));
    await writeFile(join(two, 'voices', 'any.onnx'), await readFile(models.embedding));
    await rm(models.embedding);
    expect(await findVoiceModels([one])).toEqual({ segmentation: models.segmentation });
    expect(await findVoicePair([one])).toBeNull();
    const pair = { segmentation: models.segmentation, embedding: join(two, 'voices', 'any.onnx') };
    expect(await findVoicePair([one, two])).toEqual(pair);
  });

  it('takes the unquantised of two, and looks into no folder of a speech model', async () => {
    const folder = await scratch();
    const models = await makeVoiceModels(folder);
    await writeFile(
      join(dirname(models.segmentation), 'model.int8.onnx'),
      await readFile(models.segmentation),
    );
    expect((await findVoicePair([folder]))?.segmentation).toBe(models.segmentation);
    await writeFile(join(dirname(models.segmentation), 'tokens.txt'), '');
    expect(await findVoicePair([folder])).toBeNull();
  });
});

describe('a transcript of one channel', () => {
  it('has the voices of the models in place of those found without', async () => {
    const raw = await tellVoicesApart(said(some), audio, async () => ({ voices: other }), never);
    expect(raw.channels[0]!.voices).toEqual(other);
    expect(raw.warnings).toEqual(['first']);
  });

  it('keeps the others where there are no models, none are heard, or the models fail; a failure is noted', async () => {
    for (const answer of [null, { voices: null }]) {
      expect(await tellVoicesApart(said(some), audio, async () => answer, never)).toEqual(said(some));
    }
    const failed = await tellVoicesApart(said(some), audio, async () => ({ fault: 'broken' }), never);
    expect(failed.channels).toEqual(said(some).channels);
    expect(failed.warnings).toEqual(['first', expect.stringMatching(/not used: broken/)]);
  });

  it('is not looked at where nothing is said, nor one of two channels', async () => {
    const hear = async () => ({ voices: other });
    const silent = { ...said(null), channels: [{ channel: 0, segments: [], speechSeconds: 0 }] };
    expect(await tellVoicesApart(silent, audio, hear, never)).toEqual(silent);
    expect(await tellVoicesApart(said(some), { ...audio, channels: 2 }, hear, never)).toEqual(said(some));
  });
});

describe('adding and pulling the models', () => {
  it('adds one after the other, and says what is missing', async () => {
    const [source, data] = [await scratch(), await scratch()];
    const models = await makeVoiceModels(source);
    const first = await addVoiceModel(dirname(models.segmentation), data);
    expect(first).toMatchObject({ part: 'segmentation', missing: 'embedding', origin: 'unknown' });
    const own = join(source, 'tiny.onnx');
    await rename(models.embedding, own);
    expect(await addVoiceModel(own, data)).toMatchObject({ name: 'tiny', part: 'embedding', missing: null });
    expect(await findVoicePair([join(data, 'models')])).toEqual({
      segmentation: join(data, 'models', 'sherpa-onnx-pyannote-segmentation-3-0', 'model.onnx'),
      embedding: join(data, 'models', 'tiny', 'model.onnx'),
    });
  });

  it('keeps no file with which the pair does not load', async () => {
    const [source, data] = [await scratch(), await scratch()];
    const models = await makeVoiceModels(source);
    await addVoiceModel(dirname(models.segmentation), data);
    const bytes = await readFile(models.embedding);
    // its metadata stays, so that it is recognised
    await writeFile(join(source, 'broken.onnx'), bytes.subarray(bytes.length / 2));
    await expect(addVoiceModel(join(source, 'broken.onnx'), data)).rejects.toThrow(/do not load/);
    expect(await readdir(join(data, 'models'))).toEqual(['sherpa-onnx-pyannote-segmentation-3-0']);
  });

  it('refuses another file under a name of the catalogue, and leaves speech models to others', async () => {
    const [source, data] = [await scratch(), await scratch()];
    const models = await makeVoiceModels(source);
    await expect(addVoiceModel(models.embedding, data)).rejects.toThrow(/not the published file/);
    expect(await addVoiceModel(await scratch(), data)).toBeNull();
    expect(await addVoiceModel(join(source, 'speech.tar.bz2'), data)).toBeNull();
  });

  it('pulls the archive of one and the file of the other, each with its hash', async () => {
    const [source, data] = [await scratch(), await scratch()];
    const models = await makeVoiceModels(source);
    const name = basename(dirname(models.segmentation));
    const archive = join(source, `${name}.tar.bz2`);
    execFileSync('tar', ['-cjf', archive, '-C', source, name]);
    const server = createServer(async (request, response) => {
      response.end(await readFile(join(source, basename(request.url ?? ''))));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const safeFetch = createSafeFetch({ allowHosts: [host] });
    onTestFinished(() => safeFetch.close());
    for (const [index, file] of [archive, models.embedding].entries()) {
      const sha256 = await hashOf(file);
      const entry = { ...voiceCatalogue[index]!, url: `http://${host}/${basename(file)}`, sha256 };
      const other = { ...entry, sha256: '0'.repeat(64) };
      await expect(pullVoiceModel(other, data, safeFetch)).rejects.toThrow(/not the published file/);
      const missing = index === 0 ? 'embedding' : null;
      expect(await pullVoiceModel(entry, data, safeFetch)).toMatchObject({ origin: 'pinned', missing });
    }
    expect((await readdir(join(data, 'models'))).sort()).toEqual(
      voiceCatalogue.map((one) => one.name).sort(),
    );
  });
});
