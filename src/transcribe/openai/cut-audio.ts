/** A piece of a channel. `start` in seconds from the recording's start. */
export type Piece = { start: number; samples: Float32Array; rate: number };

/** Where to look for a quiet place before the limit, in seconds. */
const lookBack = 20;
/** How long a place must be quiet to be cut in, in seconds. */
const quiet = 0.3;

/** Collects the samples of a channel and hands them out in pieces of at most `longest` seconds, cut where it is quietest. */
export function cutAudio(rate: number, longest: number) {
  const limit = Math.floor(longest * rate);
  const buffer = new Float32Array(limit);
  let filled = 0;
  let taken = 0;

  const handOut = (length: number): Piece => {
    const piece = { start: taken / rate, samples: buffer.slice(0, length), rate };
    buffer.copyWithin(0, length, filled);
    filled -= length;
    taken += length;
    return piece;
  };
  return {
    accept(samples: Float32Array): Piece[] {
      const pieces: Piece[] = [];
      for (let from = 0; from < samples.length; ) {
        const length = Math.min(samples.length - from, limit - filled);
        buffer.set(samples.subarray(from, from + length), filled);
        filled += length;
        from += length;
        if (filled === limit) pieces.push(handOut(quietestPlace(buffer, rate)));
      }
      return pieces;
    },
    finish: (): Piece[] => (filled > 0 ? [handOut(filled)] : []),
  };
}

/** The middle of the quietest stretch near the end, as a count of samples. */
function quietestPlace(samples: Float32Array, rate: number): number {
  const window = Math.round(quiet * rate);
  const step = Math.max(1, Math.round(window / 3));
  const first = Math.max(window, samples.length - lookBack * rate);
  let best = { at: samples.length, energy: Number.POSITIVE_INFINITY };
  for (let at = first; at + window <= samples.length; at += step) {
    let energy = 0;
    for (let i = at; i < at + window; i++) energy += samples[i]! ** 2;
    if (energy < best.energy) best = { at: at + Math.floor(window / 2), energy };
  }
  return best.at;
}
