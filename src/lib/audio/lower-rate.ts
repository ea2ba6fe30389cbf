/** Taps of the filter per step down: enough to keep what is above the new band 40 dB down. */
const tapsPerStep = 16;
const highestRate = 16_000;

/** By how many samples become one: the least whole number that brings a rate to 16 kHz or below. */
export function stepDown(sampleRate: number): number {
  return Math.ceil(sampleRate / highestRate);
}

/**
 * Lowers the rate of one channel by a whole factor, chunk by chunk: a windowed sinc (Hamming) cuts off what the new
 * rate cannot hold. A factor of 1 passes everything as it is.
 */
export function createRateLowering(factor: number): (samples: Float32Array) => Float32Array {
  if (factor === 1) return (samples) => samples;
  const taps = lowPass(factor);
  let held = new Float32Array(taps.length - 1);
  let phase = 0;
  return (samples) => {
    const joined = new Float32Array(held.length + samples.length);
    joined.set(held);
    joined.set(samples, held.length);
    const result: number[] = [];
    let at = phase;
    for (; at < samples.length; at += factor) {
      let sum = 0;
      for (let tap = 0; tap < taps.length; tap += 1) sum += taps[tap]! * joined[at + tap]!;
      result.push(sum);
    }
    phase = at - samples.length;
    held = joined.slice(samples.length);
    return Float32Array.from(result);
  };
}

function lowPass(factor: number): Float64Array {
  const length = tapsPerStep * factor + 1;
  const middle = (length - 1) / 2;
  const taps = Float64Array.from({ length }, (_, index) => {
    const x = (index - middle) / factor;
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * x * 0.9) / (Math.PI * x * 0.9);
    return sinc * (0.54 - 0.46 * Math.cos((2 * Math.PI * index) / (length - 1)));
  });
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map((tap) => tap / sum);
}
