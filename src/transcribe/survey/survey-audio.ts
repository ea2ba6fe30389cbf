import { fileURLToPath } from 'node:url';
import { runDecoder } from '../../lib/audio/run-decoder.ts';
import type { RawChannel } from '../transcriber.ts';

/** What is heard on a channel before anybody is asked for words. */
export type SurveyedChannel = Omit<RawChannel, 'segments'>;

/** What is heard on each channel; `certain` where a network looked for voices, and not loudness alone. */
export type Survey = { channels: SurveyedChannel[]; certain: boolean };

const program = fileURLToPath(new URL('./survey-child.ts', import.meta.url));
/** The detector takes about a hundredth of the length of each channel; six hours of two channels on a busy machine fit. */
const timeoutSeconds = 1200;

/**
 * Looks where somebody speaks in a recording, and what else sounds, in a process of its own.
 * @param vad silero_vad.onnx; null: by loudness, which takes music and noise for speech
 * @throws AudioError; the signal's reason when aborted
 */
export async function surveyAudio(
  audio: { path: string; channels: number },
  vad: string | null,
  signal: AbortSignal,
): Promise<Survey> {
  const { channels } = await runDecoder<{ channels: RawChannel[] }>(
    program,
    [audio.path, String(audio.channels), vad ?? ''],
    {
      signal,
      timeoutSeconds,
    },
  );
  return {
    channels: channels.map(({ segments: _none, ...channel }) => channel),
    certain: vad !== null,
  };
}
