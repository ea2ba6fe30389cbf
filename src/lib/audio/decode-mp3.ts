import { decoder } from '@audio/decode-mp3';
import type { AudioChunk } from './audio-chunk.ts';
import { AudioError } from './audio-error.ts';
import type { MpegHeader } from './mpeg-header.ts';

/**
 * Decodes MPEG layer III with mpg123. It always answers with two channels, so the file's first header says
 * whether there is a second one. What it makes of damage in the middle (false frames at another rate) is left
 * out, as long as it stays little.
 * @throws AudioError corrupt
 */
export async function* decodeMp3(
  header: MpegHeader,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<AudioChunk, void, undefined> {
  const mp3 = await decoder();
  let kept = 0;
  let dropped = 0;
  try {
    for await (const chunk of bytes) {
      const { channelData, sampleRate } = quietly(() => mp3.decode(chunk));
      const channels = channelData.slice(0, header.channels);
      const frames = channels[0]?.length ?? 0;
      if (sampleRate === header.sampleRate) {
        kept += frames;
        yield { sampleRate, channels };
      } else {
        dropped += frames;
      }
    }
  } catch (error) {
    // RuntimeError is WebAssembly's
    if (error instanceof RangeError || (error as Error).name === 'RuntimeError') {
      throw new AudioError('corrupt', 'The MP3 data cannot be decoded', { cause: error });
    }
    throw error;
  } finally {
    mp3.free();
  }
  if (dropped > kept / 10) throw new AudioError('corrupt', 'Much of the MP3 data cannot be decoded');
}

/** The decoder prints a line per damaged frame; they say nothing to anybody. It runs synchronously. */
function quietly<T>(run: () => T): T {
  const print = console.error;
  console.error = () => undefined;
  try {
    return run();
  } finally {
    console.error = print;
  }
}
