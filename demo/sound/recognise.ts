import type { Sample } from '../sample.ts';
import { envelopeOf, framesPerSecond, silenceDb, unpackEnvelope } from './envelope.ts';
import type { Sound } from './wav.ts';

/** One channel of one sample, with what is needed to know it again. */
export type Known = { sample: Sample; channel: number; envelope: number[] };

/** Where a sound comes from: `offset` seconds into the channel; `likeness` is a correlation, at most 1. */
export type Recognised = { known: Known; offset: number; likeness: number };

/** Prepares the samples for `recognise`. */
export function knownChannels(samples: readonly Sample[]): Known[] {
  return samples.flatMap((sample) =>
    sample.envelopes.map((packed, channel) => ({ sample, channel, envelope: unpackEnvelope(packed) })),
  );
}

const quietDb = -48;
const leastLikeness = 0.9;
/** So like that no better fit is looked for. */
const certainLikeness = 0.98;
/** Cuts fall between the frames of the envelope: try quarters of a frame. */
const phases = [0, 0.25, 0.5, 0.75];
/** Frames by which a sound may begin before or end after the channel (padding added by the sender). */
const slack = framesPerSecond;

/** True when nothing can be heard. */
export function isSilent({ samples, sampleRate }: Sound): boolean {
  return envelopeOf(samples, sampleRate).every((db) => db < quietDb);
}

/**
 * Finds which channel of which sample a sound is, or was cut from, by the course of its loudness.
 * @returns null when none is like it
 */
export function recognise({ samples, sampleRate }: Sound, known: readonly Known[]): Recognised | null {
  let best: Recognised | null = null;
  for (const phase of phases) {
    const skipped = Math.round((phase * sampleRate) / framesPerSecond);
    const heard = envelopeOf(samples.subarray(skipped), sampleRate);
    for (const one of known) {
      const { at, likeness } = bestShift(heard, one.envelope);
      if (likeness > (best?.likeness ?? leastLikeness))
        best = { known: one, offset: (at - phase) / framesPerSecond, likeness };
    }
    if (best !== null && best.likeness >= certainLikeness) break;
  }
  return best;
}

function bestShift(heard: readonly number[], whole: readonly number[]): { at: number; likeness: number } {
  let best = { at: 0, likeness: 0 };
  for (let at = -slack; at <= whole.length - heard.length + slack; at++) {
    const likeness = correlation(heard, whole, at);
    if (likeness > best.likeness) best = { at, likeness };
  }
  return best;
}

/** Pearson's correlation of `heard` with the stretch of `whole` that begins at `at`; outside is silence. */
function correlation(heard: readonly number[], whole: readonly number[], at: number): number {
  let sumX = 0;
  let sumY = 0;
  let sumXx = 0;
  let sumYy = 0;
  let sumXy = 0;
  // An index, not an iterator: this runs some ten million times for each sound.
  for (let i = 0; i < heard.length; i++) {
    const x = heard[i]!;
    const y = whole[at + i] ?? silenceDb;
    sumX += x;
    sumY += y;
    sumXx += x * x;
    sumYy += y * y;
    sumXy += x * y;
  }
  const n = heard.length;
  const spread = (n * sumXx - sumX ** 2) * (n * sumYy - sumY ** 2);
  return spread > 0 ? (n * sumXy - sumX * sumY) / Math.sqrt(spread) : 0;
}
