import { expect, it } from 'vitest';
import { withNoiseFloor } from './noise-floor.ts';

const rms = (samples: Float32Array) =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
const tone = (level: number) =>
  Float32Array.from({ length: 16_000 }, (_, at) => level * Math.sin((2 * Math.PI * 440 * at) / 16_000));

it.each([0.5, 0.001])('lies 50 dB under sound of level %d, with a mean of nothing', (level) => {
  const sound = tone(level);
  const noise = withNoiseFloor(sound).map((sample, at) => sample - sound[at]!);
  expect(20 * Math.log10(rms(noise) / rms(sound))).toBeCloseTo(-50, 0);
  expect(Math.abs(noise.reduce((sum, sample) => sum + sample, 0) / noise.length)).toBeLessThan(level / 1000);
});

it('is the same for the same sound, and leaves silence and what it was given alone', () => {
  const sound = tone(0.2);
  const before = sound.slice();
  expect(withNoiseFloor(sound)).toEqual(withNoiseFloor(sound));
  expect(sound).toEqual(before);
  expect(withNoiseFloor(new Float32Array(10))).toEqual(new Float32Array(10));
  expect(withNoiseFloor(new Float32Array(0))).toHaveLength(0);
});
