import type { AudioChunk } from './audio-chunk.ts';
import { type DecodeOptions, openAudio } from './open-audio.ts';

/**
 * The samples of an audio file of any known format, in chunks of a few seconds, so that memory stays bounded
 * however long it is. A file that breaks off gives what is there. Runs the decoders in this process: files from
 * outside are first tried in a process apart (probeAudio).
 * @throws AudioError; the signal's reason when aborted
 */
export async function* decodeAudio(
  path: string,
  options: DecodeOptions = {},
): AsyncGenerator<AudioChunk, void, undefined> {
  try {
    const { chunks } = await openAudio(path, options);
    yield* chunks;
  } catch (error) {
    options.signal?.throwIfAborted();
    throw error;
  }
}
