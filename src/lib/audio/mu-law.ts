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

/** No sound at all. */
export const muLawSilence = toMuLaw(0);
