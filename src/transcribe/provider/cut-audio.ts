/** A stretch of a recording, one array per channel. `start` in seconds from the recording's start. */
export type Piece = { start: number; channels: Float32Array[]; rate: number };

/** Where to look for a quiet place before the limit, in seconds. */
const lookBack = 20;
/** How long a place must be quiet to be cut in, in seconds. */
const quiet = 0.3;

/**
 * Collects the samples of channels that belong together and hands them out in pieces of at most `longest` seconds,
 * cut where all of them are quietest.
 */
export function cutAudio(count: number, rate: number, longest: number) {
  const limit = Math.floor(longest * rate);
  const buffers = Array.from({ length: count }, () => new Float32Array(limit));
  let filled = 0;
  let taken = 0;

  const handOut = (length: number): Piece => {
    const channels = buffers.map((buffer) => buffer.slice(0, length));
    const piece = { start: taken / rate, channels, rate };
    for (const buffer of buffers) buffer.copyWithin(0, length, filled);
    filled -= length;
    taken += length;
    return piece;
  };
  return {
    /** As many arrays as channels, of equal length. */
    accept(channels: readonly Float32Array[]): Piece[] {
      const pieces: Piece[] = [];
      const total = channels[0]?.length ?? 0;
      for (let from = 0; from < total; ) {
        const length = Math.min(total - from, limit - filled);
        for (const [index, buffer] of buffers.entries())
          buffer.set(channels[index]!.subarray(from, from + length), filled);
        filled += length;
        from += length;
        if (filled === limit) pieces.push(handOut(quietestPlace(buffers, rate)));
      }
      return pieces;
    },
    finish: (): Piece[] => (filled > 0 ? [handOut(filled)] : []),
  };
}

/** The middle of the quietest stretch near the end, as a count of samples. */
function quietestPlace(channels: readonly Float32Array[], rate: number): number {
  const length = channels[0]!.length;
  const window = Math.round(quiet * rate);
  const step = Math.max(1, Math.round(window / 3));
  const first = Math.max(window, length - lookBack * rate);
  let best = { at: length, energy: Number.POSITIVE_INFINITY };
  for (let at = first; at + window <= length; at += step) {
    let energy = 0;
    for (const samples of channels) for (let i = at; i < at + window; i++) energy += samples[i]! ** 2;
    if (energy < best.energy) best = { at: at + Math.floor(window / 2), energy };
  }
  return best.at;
}
