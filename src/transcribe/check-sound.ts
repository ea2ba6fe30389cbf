import { Failure } from '../domain/failure.ts';
import type { RawTranscript, Segment } from './transcriber.ts';

/** Peaks run from 0 to 255; at 2 (-42 dBFS) even a faint voice is louder. */
const faintest = 2;
/** Engines place words roughly. */
const slackSeconds = 1;
/** So many words in silence are no slip of the clock. */
const mostWords = 3;

/** True where no engine could hear anything, and some would invent something. */
export function isSilent(peaks: readonly (readonly number[])[]): boolean {
  return peaks.length > 0 && peaks.every((channel) => channel.every((peak) => peak <= faintest));
}

/**
 * Holds an answer against the loudness of the recording: no words where nothing sounds, which is where engines
 * invent them.
 * @param peaks per channel, evenly spaced over the recording
 * @throws Failure transcribe.bad-answer
 */
export function checkSound(
  raw: RawTranscript,
  peaks: readonly (readonly number[])[],
  seconds: number,
): RawTranscript {
  for (const { channel, segments } of raw.channels) {
    const own = peaks[channel];
    if (!own || own.length === 0 || !(seconds > 0)) continue;
    const invented = segments.filter((segment) => isQuiet(segment, own, seconds));
    const words = invented.flatMap(({ text }) => text.split(/\s+/).filter(Boolean)).length;
    if (words > mostWords) {
      const detail = `${raw.engine}: channel ${channel} has ${words} words where nothing is heard, the first at ${invented[0]!.start} s`;
      throw new Failure('transcribe.bad-answer', 'soon', detail);
    }
  }
  return raw;
}

function isQuiet({ start, end }: Segment, peaks: readonly number[], seconds: number): boolean {
  const perSecond = peaks.length / seconds;
  const from = Math.max(0, Math.floor((start - slackSeconds) * perSecond));
  const to = Math.min(peaks.length, Math.ceil((end + slackSeconds) * perSecond));
  return from < to && peaks.slice(from, to).every((peak) => peak <= faintest);
}
