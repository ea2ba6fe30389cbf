import type { Audio, RawTranscript } from '../transcriber.ts';
import type { VoicesAnswer } from './hear-voices.ts';

/** Two voices by the models that are installed; null where none are. */
export type HearVoices = (
  audio: { path: string; seconds: number },
  signal: AbortSignal,
) => Promise<VoicesAnswer | null>;

/**
 * A transcript of one channel with its voices told apart by models, whichever engine wrote the words. Where there are
 * no models, or they fail, what was told apart without them stays; a failure is said in a warning.
 */
export async function tellVoicesApart(
  raw: RawTranscript,
  audio: Audio,
  hear: HearVoices | undefined,
  signal: AbortSignal,
): Promise<RawTranscript> {
  const [channel] = raw.channels;
  if (!hear || audio.channels !== 1 || !channel || channel.segments.length === 0) return raw;
  const answer = await hear(audio, signal);
  if (answer === null) return raw;
  if ('fault' in answer) {
    const warning = `The models for telling voices apart were not used: ${answer.fault}. The voices were told apart without them.`;
    return { ...raw, warnings: [...raw.warnings, warning] };
  }
  if (answer.voices === null) return raw;
  return { ...raw, channels: [{ ...channel, voices: answer.voices }, ...raw.channels.slice(1)] };
}
