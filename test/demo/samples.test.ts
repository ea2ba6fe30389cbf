import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { readSamples, samplesFolder } from '../../demo/sample.ts';
import { framesPerSecond, unpackEnvelope } from '../../demo/sound/envelope.ts';
import { timedWords } from '../../demo/sound/words.ts';
import { phrasesOf } from '../../scripts/samples/perform.ts';
import { readScripts } from '../../scripts/samples/script.ts';

const samples = await readSamples();
const scripts = await readScripts(`${samplesFolder}/scripts`);

describe('the samples', () => {
  test('are the files that the list names, unchanged, and small', async () => {
    const listed = samples.map(({ file }) => file.replace('audio/', ''));
    expect((await readdir(`${samplesFolder}/audio`)).sort()).toEqual(listed.sort());
    let bytes = 0;
    for (const { file, sha256 } of samples) {
      const path = `${samplesFolder}/${file}`;
      expect(
        createHash('sha256')
          .update(await readFile(path))
          .digest('hex'),
        file,
      ).toBe(sha256);
      bytes += (await stat(path)).size;
    }
    expect(bytes).toBeLessThan(4_000_000);
  });

  test('say what their scripts say', () => {
    expect(samples.map(({ id }) => id)).toEqual(scripts.map(({ id }) => id));
    for (const [i, script] of scripts.entries()) {
      const written = script.turns.flatMap((turn) =>
        'sound' in turn ? [] : [phrasesOf(turn.text).join(' ')],
      );
      expect(
        samples[i]!.turns.map(({ text }) => text),
        script.id,
      ).toEqual(written);
      expect(samples[i]!.truth, script.id).toEqual(script.truth);
    }
  });

  test('have times in order, within the recording', () => {
    for (const { id, turns, seconds, envelopes, channels } of samples) {
      const times = turns.flatMap(({ phrases }) => phrases.flatMap(({ start, end }) => [start, end]));
      expect(times, id).toEqual(times.toSorted((a, b) => a - b));
      expect(times.at(-1) ?? 0, id).toBeLessThanOrEqual(seconds);
      expect(envelopes.length, id).toBe(channels);
      for (const packed of envelopes)
        expect(Math.abs(unpackEnvelope(packed).length / framesPerSecond - seconds), id).toBeLessThan(0.1);
    }
  });

  test('are spoken where the list says that they are spoken', () => {
    for (const { id, turns, envelopes } of samples)
      for (const { channel, phrases } of turns)
        for (const { start, end } of phrases) {
          const stretch = unpackEnvelope(envelopes[channel]!).slice(
            start * framesPerSecond,
            end * framesPerSecond,
          );
          expect(Math.max(...stretch), `${id} at ${start}`).toBeGreaterThan(-35);
        }
  });
});

test('timed words fill their phrase in proportion to their letters', () => {
  const phrases = [{ text: 'yes I do', start: 1, end: 3.2 }];
  const words = timedWords({ speaker: 'caller', channel: 0, start: 1, end: 3.2, text: 'yes I do', phrases });
  expect(words.map(({ word }) => word)).toEqual(['yes', 'I', 'do']);
  expect(words.map(({ start }) => Math.round(start * 1000) / 1000)).toEqual([1, 1.978, 2.467]);
  expect(words.at(-1)?.end).toBeCloseTo(3.2);
});
