import { AudioError } from './audio-error.ts';

/** Some of the samples of a recording, in order: one array per channel, of equal length, within -1..1. */
export type AudioChunk = { sampleRate: number; channels: Float32Array[] };

/** Rates beyond these come from broken headers: telephony begins at 8 kHz, studio equipment ends at 192. */
const sampleRates = { lowest: 6_000, highest: 192_000 };
const mostChannels = 8;
const shortestSeconds = 0.1;

/** Whether a header's figures can be those of a real recording. */
export function isPlausible(format: { sampleRate: number; channels: number }): boolean {
  return (
    format.sampleRate >= sampleRates.lowest &&
    format.sampleRate <= sampleRates.highest &&
    format.channels >= 1 &&
    format.channels <= mostChannels
  );
}

/**
 * The chunks as long as they make sense together, samples held within -1..1.
 * @throws AudioError corrupt (format impossible or changing), too_long, empty (at the end)
 */
export async function* checkChunks(
  chunks: AsyncIterable<AudioChunk>,
  maxSeconds: number,
): AsyncGenerator<AudioChunk, void, undefined> {
  let first: AudioChunk | null = null;
  let frames = 0;
  for await (const chunk of chunks) {
    if (chunk.channels[0] === undefined || chunk.channels[0].length === 0) continue;
    first ??= chunk;
    if (!isPlausible({ sampleRate: chunk.sampleRate, channels: chunk.channels.length })) {
      throw new AudioError(
        'corrupt',
        `${chunk.sampleRate} Hz on ${chunk.channels.length} channels is no audio`,
      );
    }
    if (chunk.sampleRate !== first.sampleRate || chunk.channels.length !== first.channels.length) {
      throw new AudioError('corrupt', 'The format changes in the middle of the file');
    }
    frames += chunk.channels[0].length;
    if (frames > maxSeconds * chunk.sampleRate) {
      throw new AudioError('too_long', `The audio is longer than ${maxSeconds} s`);
    }
    for (const samples of chunk.channels) clip(samples);
    yield chunk;
  }
  if (!first || frames < shortestSeconds * first.sampleRate) {
    throw new AudioError('empty', 'The file holds less than a tenth of a second of audio');
  }
}

/** Floating point files and damaged MP3 frames give any value, not-a-number included. */
function clip(samples: Float32Array) {
  for (let index = 0; index < samples.length; index += 1) {
    const value = samples[index]!;
    samples[index] = value >= -1 && value <= 1 ? value : value > 1 ? 1 : value < -1 ? -1 : 0;
  }
}
