const bias = 0x84;
const clip = 32_635;

/** One sample within -1..1 as mu-law's eight bits (ITU-T G.711). */
export function toMuLaw(sample: number): number {
  const value = Math.round(sample * 32_767);
  const sign = value < 0 ? 0x80 : 0;
  const magnitude = Math.min(clip, Math.abs(value)) + bias;
  const exponent = 31 - Math.clz32(magnitude) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

/** The codes of all 16-bit values, from -32,768 on. */
const codes = Uint8Array.from({ length: 65_536 }, (_, index) => toMuLaw((index - 32_768) / 32_767));

/** Samples within -1..1 as mu-law, every `step`th byte from `at` on. */
export function writeMuLaw(samples: Float32Array, target: Uint8Array, at: number, step: number): void {
  for (let frame = 0, to = at; frame < samples.length; frame += 1, to += step) {
    // what lies outside is as loud as can be; the sum rounds as Math.round does, and is quicker
    const index = (samples[frame]! * 32_767 + 32_768.5) | 0;
    target[to] = codes[index < 0 ? 0 : index > 65_535 ? 65_535 : index]!;
  }
}

/** No sound at all. */
export const muLawSilence = toMuLaw(0);
