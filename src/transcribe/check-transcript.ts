import { Failure } from '../domain/failure.ts';
import type { Audio, RawChannel, RawTranscript, Segment } from './transcriber.ts';

/** Clocks of encoders and engines differ a little. */
const slackSeconds = 1.5;
/** Less speech than this may honestly give no word: a cough, a tone. */
const silentSeconds = 8;
/** Nobody says the same words this often in a row; a recogniser that is stuck does. */
const loopRepeats = 8;
/** The fastest speech is about 10 words a second over a short stretch. */
const wordsPerSecond = 12;

/**
 * Holds an engine's answer against the audio: times rise and lie inside it, nothing loops, something was said
 * where there was speech.
 * @throws Failure transcribe.bad-answer
 */
export function checkTranscript(raw: RawTranscript, audio: Audio): RawTranscript {
  const fault = raw.channels.map((channel) => findFault(channel, audio)).find((found) => found !== null);
  const said = fault ?? findSilence(raw.channels);
  if (said) throw new Failure('transcribe.bad-answer', 'soon', `${raw.engine}: ${said}`);
  return raw;
}

function findFault({ channel, segments }: RawChannel, audio: Audio): string | null {
  const name = `channel ${channel}`;
  const latest = audio.seconds + slackSeconds;
  if (channel >= audio.channels) return `${name} does not exist`;
  let last = 0;
  for (const segment of segments) {
    if (!isSpan(segment, latest)) return `${name} has times outside the recording (${spanText(segment)})`;
    if (segment.start < last - slackSeconds) return `${name} goes back in time at ${segment.start} s`;
    last = segment.start;
    const fault = findWordFault(segment, latest);
    if (fault) return `${name} ${fault}`;
  }
  const words = segments.flatMap((segment) => segment.text.split(/\s+/).filter(Boolean));
  if (hasLoop(words)) return `${name} repeats itself without end`;
  if (words.length > 20 && words.length > audio.seconds * wordsPerSecond) {
    return `${name} has ${words.length} words in ${audio.seconds} s`;
  }
  return null;
}

/** One silent channel may be a caller who only listens; nothing at all where somebody speaks is a fault. */
function findSilence(channels: readonly RawChannel[]): string | null {
  if (channels.some((channel) => channel.segments.some((segment) => segment.text.trim() !== ''))) return null;
  const seconds = Math.max(0, ...channels.map((channel) => channel.speechSeconds ?? 0));
  return seconds > silentSeconds ? `no words although somebody speaks for ${Math.round(seconds)} s` : null;
}

function findWordFault(segment: Segment, latest: number): string | null {
  let last = 0;
  for (const word of segment.words) {
    if (!isSpan(word, latest)) return `has a word outside the recording (${spanText(word)})`;
    if (word.start < last - slackSeconds) return `has words that go back in time at ${word.start} s`;
    last = word.start;
  }
  return null;
}

const isSpan = ({ start, end }: { start: number; end: number }, latest: number) =>
  Number.isFinite(start) && Number.isFinite(end) && start >= 0 && end >= start && end <= latest;

const spanText = ({ start, end }: { start: number; end: number }) => `${start} to ${end} s`;

/** True when one to six words come again and again at once. Numbers are spared: zeros do repeat. */
export function hasLoop(words: readonly string[]): boolean {
  const plain = words.map((word) => word.toLowerCase().replaceAll(/[^\p{L}\p{N}']/gu, ''));
  for (let size = 1; size <= 6; size++) {
    const needed = size === 1 ? loopRepeats * 2 : loopRepeats;
    let run = 0;
    for (let at = size; at < plain.length; at++) {
      run = plain[at] === plain[at - size] && plain[at] !== '' ? run + 1 : 0;
      if (run >= size * (needed - 1) && !isNumbers(plain.slice(at - size + 1, at + 1))) return true;
    }
  }
  return false;
}

const isNumbers = (words: readonly string[]) =>
  words.every((word) => /^(\d+|zero|oh|one|two|three|four|five|six|seven|eight|nine)$/.test(word));
