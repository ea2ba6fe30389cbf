import type { AudioChunk } from './audio-chunk.ts';
import { createPeaks } from './peaks.ts';

/** What can be said of a recording's sound without understanding it. */
export type AudioMeasures = {
  sampleRate: number;
  channels: number;
  seconds: number;
  /** Per channel: mean level in dBFS (RMS over everything); -120 stands for no signal at all. */
  loudness: number[];
  /** The level of the loudest 20 ms of any channel, in dBFS. */
  loudest: number;
  /** 0..1: share of 20 ms stretches in which no channel is above -45 dBFS (8-bit files hum at -50). */
  silence: number;
  /** Per channel: up to 1,500 values 0..255, evenly spaced over the recording, 255 being full scale. */
  peaks: number[][];
  /** There are several channels, and all carry the same sound: a mono recording written twice. */
  duplicated: boolean;
};

export type AudioMeter = { add: (chunk: AudioChunk) => void; finish: () => AudioMeasures };

const silentBelow = 10 ** (-45 / 10);
/** The difference between channels is this much weaker than the sound: coding noise, not another speaker. */
const sameBelow = 10 ** (-40 / 10);

/** Measures a recording chunk by chunk, in memory that does not grow with its length. */
export function createAudioMeter(sampleRate: number, channels: number): AudioMeter {
  const stretch = Math.max(1, Math.round(sampleRate / 50));
  const peaks = createPeaks(channels);
  const energy = new Float64Array(channels);
  const stretchEnergy = new Float64Array(channels);
  let difference = 0;
  let frames = 0;
  let inStretch = 0;
  let stretches = 0;
  let silent = 0;
  let loudest = 0;

  const endStretch = () => {
    const top = Math.max(...stretchEnergy) / inStretch;
    loudest = Math.max(loudest, top);
    stretches += 1;
    if (top < silentBelow) silent += 1;
    stretchEnergy.fill(0);
    inStretch = 0;
  };

  const add = (chunk: AudioChunk) => {
    peaks.add(chunk.channels);
    const first = chunk.channels[0]!;
    // channel by channel within a stretch: an hour of audio has hundreds of millions of samples
    for (let from = 0; from < first.length; ) {
      const to = Math.min(first.length, from + stretch - inStretch);
      for (let channel = 0; channel < channels; channel += 1) {
        const samples = chunk.channels[channel]!;
        const sum = energyOf(samples, from, to);
        energy[channel]! += sum;
        stretchEnergy[channel]! += sum;
        if (channel > 0) difference += differenceOf(samples, first, from, to);
      }
      inStretch += to - from;
      if (inStretch === stretch) endStretch();
      from = to;
    }
    frames += first.length;
  };

  const finish = () => {
    // a rest of a few samples says little about loudness
    if (inStretch * 2 > stretch || stretches === 0) endStretch();
    const sound = energy.reduce((sum, value) => sum + value, 0);
    return {
      sampleRate,
      channels,
      seconds: frames / sampleRate,
      loudness: Array.from(energy, (value) => decibels(value / frames)),
      loudest: decibels(loudest),
      silence: silent / stretches,
      peaks: peaks.finish(),
      duplicated: channels > 1 && sound > 0 && difference < sound * sameBelow,
    };
  };
  return { add, finish };
}

function energyOf(samples: Float32Array, from: number, to: number): number {
  let sum = 0;
  for (let frame = from; frame < to; frame += 1) sum += samples[frame]! * samples[frame]!;
  return sum;
}

function differenceOf(one: Float32Array, other: Float32Array, from: number, to: number): number {
  let sum = 0;
  for (let frame = from; frame < to; frame += 1) sum += (one[frame]! - other[frame]!) ** 2;
  return sum;
}

function decibels(meanSquare: number): number {
  return meanSquare > 0 ? Math.max(-120, Math.round(100 * Math.log10(meanSquare)) / 10) : -120;
}
