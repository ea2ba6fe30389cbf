import { fileURLToPath } from 'node:url';
import { AudioError } from '../../lib/audio/audio-error.ts';
import { runDecoder } from '../../lib/audio/run-decoder.ts';
import type { Voices } from './split-voices.ts';
import type { VoiceModels } from './voice-models.ts';

/** What the process apart says. */
export type VoicesAnswer = { voices: Voices | null } | { fault: string };

/**
 * Seconds of the longest recording that is given to the models: they take it in one piece, and what they hold grows
 * with the square of its length.
 */
export const longestForModels = 1800;

const program = fileURLToPath(new URL('./voices-child.ts', import.meta.url));
const loadSeconds = 60;

/**
 * Tells two voices on a recording's first channel apart with sherpa-onnx, in a process of its own: a damaged model
 * file ends only that. Slower than the recording itself counts as a fault.
 * @throws the signal's reason when aborted
 */
export async function hearVoices(
  audio: { path: string; seconds: number },
  models: VoiceModels,
  signal: AbortSignal,
): Promise<VoicesAnswer> {
  if (audio.seconds > longestForModels)
    return { fault: `the recording is longer than ${longestForModels / 60} minutes` };
  const args = [models.segmentation, models.embedding, audio.path, String(audio.seconds)];
  return run(args, loadSeconds + audio.seconds, signal);
}

/** Loads the models once. @returns why they cannot be used, or null */
export async function tryVoiceModels(models: VoiceModels, signal: AbortSignal): Promise<string | null> {
  const answer = await run([models.segmentation, models.embedding], loadSeconds, signal);
  return 'fault' in answer ? answer.fault : null;
}

async function run(args: string[], timeoutSeconds: number, signal: AbortSignal): Promise<VoicesAnswer> {
  try {
    return await runDecoder<VoicesAnswer>(program, args, { signal, timeoutSeconds });
  } catch (error) {
    if (!(error instanceof AudioError)) throw error;
    // the process ended without a word, as it does over a damaged file
    return { fault: 'their process ended: a file is damaged, or no such model, or they are too slow here' };
  }
}
