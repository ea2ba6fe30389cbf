import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAudioMeter } from './audio-meter.ts';

const tone = (seconds: number, level: number) =>
  Float32Array.from({ length: 8000 * seconds }, (_, frame) => level * Math.sin(frame / 3));

function measure(...channels: Float32Array[]) {
  const meter = createAudioMeter(8000, channels.length);
  for (let at = 0; at < channels[0]!.length; at += 1_777) {
    meter.add({ sampleRate: 8000, channels: channels.map((samples) => samples.subarray(at, at + 1_777)) });
  }
  return meter.finish();
}

describe('loudness', () => {
  test('a full-scale tone has -3 dB, a tenth of it -23', () => {
    expect(measure(tone(1, 1), tone(1, 0.1)).loudness).toEqual([-3, -23]);
  });

  test('of nothing is -120, and loudest is that of the loudest moment', () => {
    const mostlyQuiet = Float32Array.from([...new Float32Array(16_000), ...tone(0.5, 1)]);
    expect(measure(new Float32Array(8000)).loudest).toBe(-120);
    expect(measure(mostlyQuiet).loudest).toBeCloseTo(-3, 0);
  });
});

describe('silence', () => {
  test('is the share of time in which nobody speaks', () => {
    const half = Float32Array.from([...tone(1, 0.3), ...new Float32Array(8000)]);
    expect(measure(half).silence).toBeCloseTo(0.5, 2);
    expect(measure(half, tone(2, 0.3)).silence).toBe(0);
    expect(measure(new Float32Array(8000)).silence).toBe(1);
  });
});

describe('row 139: duplicated', () => {
  test('means the same sound on all channels, coding noise aside', () => {
    const sound = tone(1, 0.5);
    const almost = sound.map((value, frame) => value + (frame % 2 ? 0.002 : -0.002));
    expect(measure(sound, almost).duplicated).toBe(true);
    expect(measure(sound, new Float32Array(8000)).duplicated).toBe(false);
    expect(
      measure(
        sound,
        sound.map((value) => -value),
      ).duplicated,
    ).toBe(false);
    expect(measure(sound).duplicated).toBe(false);
  });
});

describe('peaks', () => {
  test('are as many per channel, at most 1,500, evenly spaced, 255 for full scale', () => {
    const rising = Float32Array.from({ length: 80_000 }, (_, frame) => frame / 80_000);
    const { peaks } = measure(rising, new Float32Array(80_000));
    expect(peaks).toHaveLength(2);
    expect(peaks[0]!.length).toBe(peaks[1]!.length);
    const middle = peaks[0]![Math.floor(peaks[0]!.length / 2)]!;
    expect(middle).toBeGreaterThan(123);
    expect(middle).toBeLessThan(132);
    expect(peaks[0]!.at(-1)).toBeGreaterThan(250);
    expect(new Set(peaks[1])).toEqual(new Set([0]));
  });

  test('never lose the loudest moment, whatever the length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120_000 }), fc.nat(), (length, place) => {
        const samples = new Float32Array(length);
        samples[place % length] = -1;
        const [peaks] = measure(samples).peaks;
        expect(peaks!.length).toBeLessThanOrEqual(1_500);
        expect(Math.max(...peaks!)).toBe(255);
        let framesPerPeak = 16;
        while (Math.ceil(length / framesPerPeak) > 1_500) framesPerPeak *= 2;
        expect(peaks!.length).toBe(Math.ceil(length / framesPerPeak));
        expect(peaks!.indexOf(255)).toBe(Math.floor((place % length) / framesPerPeak));
      }),
      { numRuns: 30 },
    );
  });
});
