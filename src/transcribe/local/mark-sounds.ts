import type { SoundMark, SoundMarkKind } from '../../domain/sound-mark.ts';
import { createWindowCutter } from '../cut-windows.ts';
import { modelRate } from './recognizer-config.ts';

/** Marks what is heard on one channel besides speech, in a stream. */
export type SoundMarker = {
  /** Samples at 16 kHz, in order. */
  accept: (samples: Float32Array) => void;
  /** Somebody speaks between two samples. */
  speech: (from: number, to: number) => void;
  finish: () => SoundMark[];
};

const frame = modelRate / 10;
/** Root mean square above which something is heard (-46 dBFS). */
const audible = 0.005;
/** A frame is a tone where these frequencies together hold so much of its sound. */
const toneShare = 0.75;
/** The highest peak of two tones over their root mean square is 2; noise on the line adds a little. */
const mostCrest = 2.4;
/** The ringback tone of North America (ITU-T E.180 supplement 2), in Hz. */
const ringback = [440, 480];
/** Keypad tones (ITU-T Q.23), and what fax machines, beeps and information tones use. */
const keypad = { low: [697, 770, 852, 941], high: [1209, 1336, 1477, 1633] };
const beeps = [425, 620, 950, 1000, 1100, 1400, 1800, 2100];
/** Seconds below which a sound is not worth a mark. */
const shortest: Record<SoundMarkKind, number> = { music: 4, ringing: 0.7, tone: 0.2, silence: 10 };
/** Gaps within one mark, in seconds: ringing pauses for four, music breathes. */
const gaps: Record<SoundMarkKind, number> = { music: 2.5, ringing: 4.6, tone: 0.15, silence: 0 };

type Heard = 'quiet' | 'tone' | 'ringing' | 'sound';

export function createSoundMarker(): SoundMarker {
  const heard: Heard[] = [];
  const spoken: { from: number; to: number }[] = [];
  const windows = createWindowCutter(frame);
  return {
    accept: (samples) => windows.cut(samples, (window) => heard.push(listen(window))),
    speech: (from, to) => {
      spoken.push({ from: Math.floor(from / frame), to: Math.ceil(to / frame) });
    },
    finish: () => {
      const isSpoken = new Uint8Array(heard.length);
      for (const { from, to } of spoken) isSpoken.fill(1, from, to);
      const of = (kind: SoundMarkKind, fits: (what: Heard) => boolean) =>
        stretches(
          heard.map(
            (what, index) => fits(what) && (kind === 'ringing' || kind === 'tone' || !isSpoken[index]),
          ),
          kind,
        );
      const ringing = of('ringing', (what) => what === 'ringing');
      const tones = of('tone', (what) => what === 'tone');
      const silent = of('silence', (what) => what === 'quiet');
      const inRinging = (mark: SoundMark) =>
        ringing.some((one) => mark.start < one.end && one.start < mark.end);
      const music = of('music', (what) => what === 'sound' || what === 'tone').filter(
        (mark) => !inRinging(mark),
      );
      const marks = [...ringing, ...tones.filter((mark) => !music.some((one) => holds(one, mark))), ...music];
      return [...marks, ...silent.filter((mark) => !inRinging(mark))].sort((a, b) => a.start - b.start);
    },
  };
}

const holds = (outer: SoundMark, inner: SoundMark) => outer.start <= inner.start && inner.end <= outer.end;

function listen(samples: Float32Array): Heard {
  let [energy, peak] = [0, 0];
  for (const sample of samples) {
    energy += sample * sample;
    if (sample > peak) peak = sample;
  }
  energy /= samples.length;
  const level = Math.sqrt(energy);
  if (level < audible) return 'quiet';
  // one or two pure tones never rise far above their mean; nearly all speech does, and needs no closer look
  if (peak > mostCrest * level) return 'sound';
  const share = (hertz: number) => power(samples, hertz) / energy;
  const rings = ringback.map(share);
  if (rings.every((one) => one > 0.15) && sum(rings) > toneShare) return 'ringing';
  const [low, high] = [Math.max(...keypad.low.map(share)), Math.max(...keypad.high.map(share))];
  if (low > 0.15 && high > 0.15 && low + high > toneShare) return 'tone';
  return beeps.some((hertz) => share(hertz) > toneShare) ? 'tone' : 'sound';
}

/** Mean power of one frequency (G. Goertzel 1958). */
function power(samples: Float32Array, hertz: number): number {
  const factor = 2 * Math.cos((2 * Math.PI * hertz) / modelRate);
  let [last, before] = [0, 0];
  for (const sample of samples) {
    const next = sample + factor * last - before;
    before = last;
    last = next;
  }
  const magnitude = last * last + before * before - factor * last * before;
  return (2 * magnitude) / samples.length ** 2;
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

/** Runs of frames as marks; shorter gaps belong to them, shorter runs are none. */
function stretches(frames: readonly boolean[], kind: SoundMarkKind): SoundMark[] {
  const perSecond = modelRate / frame;
  const marks: SoundMark[] = [];
  for (const [index, fits] of frames.entries()) {
    if (!fits) continue;
    const [start, end] = [index / perSecond, (index + 1) / perSecond];
    const last = marks.at(-1);
    if (last && start - last.end <= gaps[kind]) last.end = end;
    else marks.push({ kind, start, end });
  }
  return marks.filter(({ start, end }) => end - start >= shortest[kind] - 1e-9);
}
