/** Of the noise to the sound, both as root mean square: 50 dB below. */
const share = 10 ** (-50 / 20);

/**
 * A copy with faint white noise under it. Telephone sound in a file of a higher rate has nothing at all above 4 kHz,
 * which no model has ever heard, and some lose most words over. The same sound gets the same noise.
 */
export function withNoiseFloor(samples: Float32Array): Float32Array {
  let energy = 0;
  for (let at = 0; at < samples.length; at += 1) energy += samples[at]! * samples[at]!;
  // uniform noise of amplitude a has a root mean square of a / sqrt(3); the generator gives 32 signed bits
  const scale = (Math.sqrt((3 * energy) / Math.max(1, samples.length)) * share) / 2 ** 31;
  const result = new Float32Array(samples.length);
  let state = 0x9e3779b9;
  for (let at = 0; at < samples.length; at += 1) {
    // xorshift (G. Marsaglia 2003)
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    result[at] = samples[at]! + state * scale;
  }
  return result;
}
