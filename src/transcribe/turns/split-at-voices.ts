import type { Word } from '../../domain/transcript.ts';
import type { Segment } from '../transcriber.ts';
import type { VoiceSpan, Voices } from '../voices/split-voices.ts';

/** What one voice says without a longer pause; `voice` is null where none was heard. */
export type VoicedSegment = Segment & { voice: 0 | 1 | null };

/** Seconds by which a word may lie beside the voice that says it. */
const slack = 0.5;
/** A single short word inside somebody's sentence is rather a doubt about its time than another speaker. */
const briefest = 0.35;

/** Cuts segments where another voice speaks, between words. Segments without word times go to the voice they hold most of. */
export function splitAtVoices(segments: readonly Segment[], { spans }: Voices): VoicedSegment[] {
  return segments.flatMap((segment): VoicedSegment[] => {
    if (segment.words.length === 0) return [{ ...segment, voice: mostOf(segment, spans) }];
    const voices = smooth(
      segment.words,
      segment.words.map((word) => voiceAt((word.start + word.end) / 2, spans)),
    );
    const starts = voices.flatMap((voice, index) =>
      index === 0 || voice !== voices[index - 1] ? [index] : [],
    );
    return starts.map((from, index) => {
      const words = segment.words.slice(from, starts[index + 1]);
      const text = words.map((word) => word.text).join(' ');
      return { start: words[0]!.start, end: words.at(-1)!.end, text, words, voice: voices[from]! };
    });
  });
}

function voiceAt(time: number, spans: readonly VoiceSpan[]): 0 | 1 | null {
  let nearest: { away: number; voice: 0 | 1 } | null = null;
  for (const { start, end, voice } of spans) {
    const away = Math.max(start - time, time - end, 0);
    if (away <= slack && (!nearest || away < nearest.away)) nearest = { away, voice };
  }
  return nearest?.voice ?? null;
}

function smooth(words: readonly Word[], voices: (0 | 1 | null)[]): (0 | 1 | null)[] {
  return voices.map((voice, index) => {
    const [before, after] = [voices[index - 1], voices[index + 1]];
    const word = words[index]!;
    const alone = before !== undefined && before === after && before !== voice;
    return alone && word.end - word.start < briefest ? before : voice;
  });
}

function mostOf(segment: Segment, spans: readonly VoiceSpan[]): 0 | 1 | null {
  const seconds = [0, 0];
  for (const { start, end, voice } of spans) {
    seconds[voice]! += Math.max(0, Math.min(end, segment.end) - Math.max(start, segment.start));
  }
  if (seconds[0] === 0 && seconds[1] === 0) return null;
  return seconds[0]! >= seconds[1]! ? 0 : 1;
}
