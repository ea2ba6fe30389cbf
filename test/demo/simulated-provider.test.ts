import { readFile } from 'node:fs/promises';
import decodeMp3 from '@audio/decode-mp3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LocalServer } from '../../demo/local-server.ts';
import { readSamples, type Sample, samplesFolder } from '../../demo/sample.ts';
import { startSimulatedProvider } from '../../demo/simulated-provider.ts';
import type { Sound } from '../../demo/sound/wav.ts';
import { monoWav, upsampled } from '../support/mono-wav.ts';

const samples = await readSamples();
const mp3s = samples.filter(({ file }) => file.endsWith('.mp3'));
let provider: LocalServer;

beforeAll(async () => {
  provider = await startSimulatedProvider(samples);
});
afterAll(() => provider.close());

async function transcribe(wav: Buffer, format = 'verbose_json') {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(wav)]), 'audio.wav');
  form.set('model', 'simulated');
  form.set('response_format', format);
  const response = await fetch(`${provider.url}/v1/audio/transcriptions`, { method: 'POST', body: form });
  return { status: response.status, text: await response.text() };
}

async function channelsOf(sample: Sample): Promise<Sound[]> {
  const { channelData, sampleRate } = await decodeMp3(await readFile(`${samplesFolder}/${sample.file}`));
  return channelData.slice(0, sample.channels).map((data) => ({ samples: data, sampleRate }));
}

function scriptOf(sample: Sample, channel: number): string {
  return sample.turns
    .filter((turn) => turn.channel === channel)
    .map((turn) => turn.text)
    .join(' ');
}

describe('the simulated provider', () => {
  test.each(mp3s)('answers $id with its script, channel by channel', async (sample) => {
    for (const [channel, sound] of (await channelsOf(sample)).entries()) {
      const { status, text } = await transcribe(monoWav(upsampled(sound)));
      expect(status, text).toBe(200);
      const answer = JSON.parse(text);
      expect(answer.text.replaceAll(/♪+ ?/g, '').trim()).toBe(scriptOf(sample, channel));
      expect(answer.words.map(({ word }: { word: string }) => word).join(' ')).toBe(answer.text);
    }
  });

  test('answers a stretch with the words of that stretch, timed from its beginning', async () => {
    const sample = samples.find(({ id }) => id === 'plumber-booked')!;
    const turn = sample.turns.find(({ text }) => text.includes('nine years'))!;
    const [caller] = await channelsOf(sample);
    const from = turn.start - 0.31;
    const { sampleRate } = caller!;
    const stretch = caller!.samples.slice(from * sampleRate, (turn.end + 0.2) * sampleRate);
    const answer = JSON.parse((await transcribe(monoWav({ samples: stretch, sampleRate }))).text);
    expect(answer.text).toBe(turn.text);
    expect(answer.words[0].start).toBeGreaterThan(0.25);
    expect(answer.words[0].start).toBeLessThan(0.37);
  });

  test('writes music down as notes, where it plays', async () => {
    const sample = samples.find(({ id }) => id === 'wrong-number-on-hold')!;
    const [, agent] = await channelsOf(sample);
    const answer = JSON.parse((await transcribe(monoWav(agent!))).text);
    const notes = answer.segments.filter(({ text }: { text: string }) => text === '♪♪♪');
    expect(notes.length).toBe(1);
    expect(notes[0].end - notes[0].start).toBeCloseTo(67);
  });

  test('answers silence with nothing', async () => {
    const { status, text } = await transcribe(
      monoWav({ samples: new Float32Array(16_000), sampleRate: 8000 }),
      'json',
    );
    expect({ status, text }).toEqual({ status: 200, text: '{"text":""}' });
  });

  test('refuses what is no sample, in the words of the protocol', async () => {
    const samples = Float32Array.from(
      { length: 80_000 },
      (_, i) => 0.4 * Math.sin(i / 3) * Math.sin(i / 9000),
    );
    const { status, text } = await transcribe(monoWav({ samples, sampleRate: 8000 }));
    expect(status).toBe(400);
    expect(JSON.parse(text).error.message).toContain('none of them');
    expect((await transcribe(Buffer.from('<html>'))).status).toBe(400);
  });
});
