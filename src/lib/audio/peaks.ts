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
    for (let frame = 0; frame < frames; frame += 1) {
      for (let channel = 0; channel < channels; channel += 1) {
        const level = Math.min(255, Math.round(Math.abs(chunk[channel]![frame]!) * 255));
        const values = buckets[channel]!;
        if (level > values[bucket]!) values[bucket] = level;
      }
      inBucket += 1;
      if (inBucket < framesPerBucket) continue;
      inBucket = 0;
      bucket += 1;
      if (bucket === 2 * mostPeaks) halve();
    }
  };

  const finish = (): number[][] => {
    if (bucket + (inBucket > 0 ? 1 : 0) > mostPeaks) {
      const rest = Math.ceil((bucket + (inBucket > 0 ? 1 : 0)) / 2);
      halve();
      return buckets.map((values) => Array.from(values.subarray(0, rest)));
    }
    return buckets.map((values) => Array.from(values.subarray(0, bucket + (inBucket > 0 ? 1 : 0))));
  };
  return { add, finish };
}
