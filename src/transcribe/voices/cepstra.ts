/** The rate at which voices are compared, in Hz. */
const rate = 16_000;
const frameSamples = 400;
const hopSamples = 320;
const fftSize = 512;
/** What a telephone carries, in Hz. */
const band = { low: 200, high: 3_600 };
const bands = 26;
/** How many cepstra describe a frame; the first one, loudness, is left out: it says how near the telephone was. */
export const cepstraPerFrame = 19;
/** Frames per second of speech. */
export const framesPerSecond = rate / hopSamples;

const mel = (hertz: number) => 2595 * Math.log10(1 + hertz / 700);
const hertz = (value: number) => 700 * (10 ** (value / 2595) - 1);

const hamming = Float64Array.from(
  { length: frameSamples },
  (_, index) => 0.54 - 0.46 * Math.cos((2 * Math.PI * index) / (frameSamples - 1)),
);
const filters = makeFilters();
const turns = Array.from({ length: fftSize / 2 }, (_, index) => (-2 * Math.PI * index) / fftSize);
const turnCosines = Float64Array.from(turns, Math.cos);
const turnSines = Float64Array.from(turns, Math.sin);
const cosines = Array.from({ length: cepstraPerFrame }, (_, order) =>
  Float64Array.from({ length: bands }, (_, index) =>
    Math.cos((Math.PI * (order + 1) * (index + 0.5)) / bands),
  ),
);

/**
 * Mel-frequency cepstra of samples at 16 kHz, a frame every 20 ms (S. Davis, P. Mermelstein 1980): the shape of the
 * vocal tract without the pitch. Frames lie one after another, `cepstraPerFrame` values each.
 */
export function cepstraOf(samples: Float32Array): Float32Array {
  const frames = Math.max(0, Math.floor((samples.length - frameSamples) / hopSamples) + 1);
  const result = new Float32Array(frames * cepstraPerFrame);
  const real = new Float64Array(fftSize);
  const imaginary = new Float64Array(fftSize);
  const energies = new Float64Array(bands);
  for (let frame = 0; frame < frames; frame += 1) {
    const from = frame * hopSamples;
    real.fill(0);
    imaginary.fill(0);
    for (let index = 0; index < frameSamples; index += 1) {
      const before = index > 0 ? samples[from + index - 1]! : samples[from]!;
      real[index] = (samples[from + index]! - 0.97 * before) * hamming[index]!;
    }
    transform(real, imaginary);
    for (const [index, { first, weights }] of filters.entries()) {
      let energy = 1e-10;
      for (let bin = 0; bin < weights.length; bin += 1) {
        const at = first + bin;
        energy += weights[bin]! * (real[at]! ** 2 + imaginary[at]! ** 2);
      }
      energies[index] = Math.log(energy);
    }
    for (const [order, cosine] of cosines.entries()) {
      let sum = 0;
      for (let index = 0; index < bands; index += 1) sum += energies[index]! * cosine[index]!;
      result[frame * cepstraPerFrame + order] = sum;
    }
  }
  return result;
}

function makeFilters(): { first: number; weights: number[] }[] {
  const [low, high] = [mel(band.low), mel(band.high)];
  const edge = (index: number) => (hertz(low + ((high - low) * index) / (bands + 1)) * fftSize) / rate;
  return Array.from({ length: bands }, (_, index) => {
    const [left, middle, right] = [edge(index), edge(index + 1), edge(index + 2)];
    const first = Math.ceil(left);
    const weights: number[] = [];
    for (let bin = first; bin <= Math.floor(right); bin += 1) {
      weights.push(bin <= middle ? (bin - left) / (middle - left) : (right - bin) / (right - middle));
    }
    return { first, weights };
  });
}

/** Fast Fourier transform in place of a real signal, 512 points (Cooley and Tukey, radix 2); `imaginary` is 0 before. */
function transform(real: Float64Array, imaginary: Float64Array): void {
  const size = real.length;
  for (let index = 1, swap = 0; index < size; index += 1) {
    let bit = size >> 1;
    for (; swap & bit; bit >>= 1) swap ^= bit;
    swap ^= bit;
    if (index < swap) {
      const kept = real[index]!;
      real[index] = real[swap]!;
      real[swap] = kept;
    }
  }
  for (let length = 2; length <= size; length <<= 1) {
    const half = length / 2;
    const step = size / length;
    for (let from = 0; from < size; from += length) {
      for (let index = from, turn = 0; index < from + half; index += 1, turn += step) {
        const other = index + half;
        const turnReal = turnCosines[turn]!;
        const turnImaginary = turnSines[turn]!;
        const r = real[other]! * turnReal - imaginary[other]! * turnImaginary;
        const i = real[other]! * turnImaginary + imaginary[other]! * turnReal;
        real[other] = real[index]! - r;
        imaginary[other] = imaginary[index]! - i;
        real[index]! += r;
        imaginary[index]! += i;
      }
    }
  }
}
