import { open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AudioMeasures } from './audio-meter.ts';
import { recogniseAudio } from './recognise-audio.ts';
import { type DecoderLimits, runDecoder } from './run-decoder.ts';

/** What a recording is and how it sounds, measured by decoding all of it. */
export type AudioProbe = AudioMeasures & { codec: string; contentType: string };

export type ProbeOptions = DecoderLimits & {
  /** Longer audio is `too_long`; six hours unless told. */
  maxSeconds?: number;
};

const program = fileURLToPath(new URL('./probe-child.ts', import.meta.url));

/**
 * Decodes a file in a process of its own and measures it.
 * @throws AudioError; the signal's reason when aborted
 */
export async function probeAudio(path: string, options: ProbeOptions = {}): Promise<AudioProbe> {
  options.signal?.throwIfAborted();
  // an error page, which is common, needs no process apart
  await using file = await open(path);
  await recogniseAudio(file);
  return await runDecoder<AudioProbe>(program, [path, String(options.maxSeconds ?? 6 * 3600)], options);
}
