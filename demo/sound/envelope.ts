/** Frames per second of an envelope: fine enough to place a cut within 50 ms, coarse enough to keep. */
export const framesPerSecond = 20;

/** Loudness below this is silence, whatever made it (codec noise, dither). */
export const silenceDb = -55;
const loudestDb = 0;

/**
 * The loudness of a mono signal over time, in dB over full scale, one value per 50 ms, held between
 * `silenceDb` and 0. Unlike a hash of the samples it survives resampling, requantising and cutting.
 */
export function envelopeOf(samples: Float32Array, sampleRate: number): number[] {
  const frame = sampleRate / framesPerSecond;
  const count = Math.floor(samples.length / frame);
  return Array.from({ length: count }, (_, i) =>
    loudness(samples.subarray(Math.round(i * frame), Math.round((i + 1) * frame))),
  );
}

function loudness(frame: Float32Array): number {
  let sum = 0;
  for (const sample of frame) sum += sample * sample;
  const db = 10 * Math.log10(sum / Math.max(1, frame.length) + 1e-12);
  return Math.min(loudestDb, Math.max(silenceDb, db));
}

/** One byte per frame (4 steps per dB), as base64, for samples.json. */
export function packEnvelope(envelope: readonly number[]): string {
  return Buffer.from(envelope.map((db) => Math.round((db - silenceDb) * 4))).toString('base64');
}

/** The inverse of `packEnvelope`, to within an eighth of a dB. */
export function unpackEnvelope(packed: string): number[] {
  return Array.from(Buffer.from(packed, 'base64'), (step) => step / 4 + silenceDb);
}
