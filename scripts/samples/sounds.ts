import { sampleRate } from './speak.ts';

function sine(hertz: number, at: number): number {
  return Math.sin(2 * Math.PI * hertz * at);
}

function make(seconds: number, at: (seconds: number) => number): Float32Array {
  return Float32Array.from({ length: Math.round(seconds * sampleRate) }, (_, i) => at(i / sampleRate));
}

/** An arpeggio that goes on and on: C, A minor, F, G, two seconds each. */
function holdMusic(seconds: number): Float32Array {
  const chords = [
    [523.25, 659.25, 783.99, 659.25],
    [440, 523.25, 659.25, 523.25],
    [349.23, 440, 523.25, 440],
    [392, 493.88, 587.33, 493.88],
  ];
  return make(seconds, (at) => {
    const chord = chords[Math.floor(at / 2) % 4] ?? [];
    const note = chord[Math.floor(at * 4) % 4] ?? 0;
    const fade = Math.exp(-6 * (at % 0.25));
    return 0.22 * fade * (sine(note, at) + 0.4 * sine(note * 2, at)) + 0.05 * sine((chord[0] ?? 0) / 2, at);
  });
}

/** What a caller hears while it rings in North America: 440 + 480 Hz, two seconds of every six. */
function ringback(seconds: number): Float32Array {
  return make(seconds, (at) => (at % 6 < 2 ? 0.12 * (sine(440, at) + sine(480, at)) : 0));
}

/** Everything on a line that nobody says. */
export const sounds = {
  silence: (seconds: number) => make(seconds, () => 0),
  hold_music: holdMusic,
  ringback,
  beep: (seconds: number) => make(seconds, (at) => 0.3 * sine(1000, at)),
};

/** The hiss of a quiet line (about -62 dB), the same at every run: a linear congruential generator. */
export function hiss(length: number, seed: number): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 32 - 0.5) * 0.0028;
  });
}
