import { describe, expect, it } from 'vitest';
import { createSoundMarker } from '../../src/transcribe/local/mark-sounds.ts';

const rate = 16_000;
type Sound = { seconds: number; hertz?: number[]; noise?: number };

/** Tones, noise or silence, one after another, at 16 kHz. */
function render(sounds: Sound[]): Float32Array {
  let state = 7;
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 1_073_741_824 - 1;
  };
  const all = sounds.flatMap(({ seconds, hertz = [], noise = 0 }) =>
    Array.from(
      { length: seconds * rate },
      (_, index) =>
        hertz.reduce((sum, one) => sum + 0.2 * Math.sin((2 * Math.PI * one * index) / rate), 0) +
        noise * random() * (0.6 + 0.4 * Math.sin((8 * Math.PI * index) / rate)),
    ),
  );
  return Float32Array.from(all);
}

function marksOf(sounds: Sound[], speech: [from: number, to: number][] = []) {
  const marker = createSoundMarker();
  const samples = render(sounds);
  for (let at = 0; at < samples.length; at += 7_000) marker.accept(samples.subarray(at, at + 7_000));
  for (const [from, to] of speech) marker.speech(from * rate, to * rate);
  return marker.finish();
}

describe('marks of what is no speech', () => {
  it('knows a telephone that rings, its pauses included', () => {
    const ring = [{ seconds: 2, hertz: [440, 480] }, { seconds: 4 }];
    expect(marksOf([{ seconds: 1 }, ...ring, ...ring, { seconds: 1, noise: 0.3 }], [[13, 14]])).toEqual([
      { kind: 'ringing', start: 1, end: 9 },
    ]);
  });

  it('knows a beep and a key', () => {
    const sounds = [{ seconds: 2, noise: 0.3 }, { seconds: 0.5, hertz: [1000] }, { seconds: 1 }];
    expect(marksOf([...sounds, { seconds: 0.3, hertz: [770, 1336] }], [[0, 2]])).toEqual([
      { kind: 'tone', start: 2, end: 2.5 },
      { kind: 'tone', start: 3.5, end: 3.8 },
    ]);
  });

  it('takes sound without a voice in it for music, and leaves speech alone', () => {
    const loud = { seconds: 12, noise: 0.3 };
    expect(marksOf([loud], [])).toEqual([{ kind: 'music', start: 0, end: 12 }]);
    expect(marksOf([loud], [[0, 12]])).toEqual([]);
    // a pause of a speaker with noise behind it is none
    expect(
      marksOf(
        [loud],
        [
          [0, 5],
          [8, 12],
        ],
      ),
    ).toEqual([]);
  });

  it('marks long silence only', () => {
    expect(marksOf([{ seconds: 9 }, { seconds: 1, noise: 0.3 }, { seconds: 11 }], [[9, 10]])).toEqual([
      { kind: 'silence', start: 10, end: 21 },
    ]);
  });
});
