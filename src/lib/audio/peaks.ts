/** How many values a player gets per channel, at most. */
export const mostPeaks = 1_500;

/**
 * The outline of a sound for a player. The length is not known beforehand, so buckets begin small, and whenever
 * there are too many, each two become one.
 */
export function createPeaks(channels: number) {
  const buckets = Array.from({ length: channels }, () => new Uint8Array(2 * mostPeaks));
  let framesPerBucket = 16;
  let bucket = 0;
  let inBucket = 0;

  const halve = () => {
    for (const values of buckets) {
      for (let index = 0; index < mostPeaks; index += 1) {
        values[index] = Math.max(values[2 * index]!, values[2 * index + 1]!);
      }
      values.fill(0, mostPeaks);
    }
    framesPerBucket *= 2;
    bucket = mostPeaks;
  };

  const add = (chunk: Float32Array[]) => {
    const frames = chunk[0]?.length ?? 0;
    for (let from = 0; from < frames; ) {
      const to = Math.min(frames, from + framesPerBucket - inBucket);
      for (let channel = 0; channel < channels; channel += 1) {
        const level = Math.min(255, Math.round(highest(chunk[channel]!, from, to) * 255));
        const values = buckets[channel]!;
        if (level > values[bucket]!) values[bucket] = level;
      }
      inBucket += to - from;
      from = to;
      if (inBucket < framesPerBucket) continue;
      inBucket = 0;
      bucket += 1;
      if (bucket === 2 * mostPeaks) halve();
    }
  };

  const finish = (): number[][] => {
    let used = bucket + (inBucket > 0 ? 1 : 0);
    if (used > mostPeaks) {
      halve();
      used = Math.ceil(used / 2);
    }
    return buckets.map((values) => Array.from(values.subarray(0, used)));
  };
  return { add, finish };
}

function highest(samples: Float32Array, from: number, to: number): number {
  let most = 0;
  for (let frame = from; frame < to; frame += 1) {
    const value = Math.abs(samples[frame]!);
    if (value > most) most = value;
  }
  return most;
}
