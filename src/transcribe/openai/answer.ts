import { z } from 'zod';
import { segmentOf, segmentsFromWords } from '../provider/segments-from-words.ts';
import type { Segment } from '../transcriber.ts';

const seconds = z.number().min(0);

/**
 * The answer to POST /v1/audio/transcriptions, as far as it is used: `verbose_json` with words, with segments only,
 * or `json` with the text alone.
 * Source: https://platform.openai.com/docs/api-reference/audio/verbose-json-object
 */
const answerSchema = z.object({
  text: z.string(),
  language: z.string().nullish(),
  duration: z.coerce.number().nullish(),
  words: z.array(z.object({ word: z.string(), start: seconds, end: seconds })).nullish(),
  segments: z
    .array(z.object({ text: z.string(), start: seconds, end: seconds, avg_logprob: z.number().nullish() }))
    .nullish(),
});

export type Answer = z.infer<typeof answerSchema>;

/** @returns null when the body is no transcription */
export function readAnswer(body: string): Answer | null {
  try {
    return answerSchema.parse(JSON.parse(body));
  } catch {
    return null;
  }
}

/** How much an answer says of times. */
export type Detail = 'words' | 'segments' | 'text';

/** Segments of one upload, moved to their place in the recording. `speech` is where a voice was heard in it. */
export function toSegments(
  answer: Answer,
  offset: number,
  speech: { start: number; end: number },
): { segments: Segment[]; detail: Detail } {
  const place = (time: number) => Number((time + offset).toFixed(3));
  const words = (answer.words ?? [])
    .map(({ word, start, end }) => ({
      text: word.trim(),
      start: place(start),
      end: place(end),
      confidence: null,
    }))
    .filter((word) => word.text !== '');
  if (words.length > 0) return { segments: withPunctuation(words, answer), detail: 'words' };
  const spoken = (answer.segments ?? []).filter((segment) => segment.text.trim() !== '');
  if (spoken.length > 0) {
    const segments = spoken.map(({ text, start, end }) => ({
      start: place(start),
      end: place(end),
      text: text.trim(),
      words: [],
    }));
    return { segments, detail: 'segments' };
  }
  const text = answer.text.trim();
  if (text === '') return { segments: [], detail: 'words' };
  return { segments: [{ ...speech, text, words: [] }], detail: 'text' };
}

/**
 * Words come without punctuation, segments with it. Where the words of a segment's text are the timed words one by
 * one, its text and bounds are kept; else the words are cut at pauses.
 */
function withPunctuation(words: Segment['words'], answer: Answer): Segment[] {
  const texts = (answer.segments ?? []).map((segment) => segment.text.trim().split(/\s+/).filter(Boolean));
  const written = texts.flat();
  const agree =
    written.length === words.length &&
    written.every((word, index) => plain(word) === plain(words[index]!.text));
  if (!agree) return segmentsFromWords(words);
  let at = 0;
  return texts
    .filter((tokens) => tokens.length > 0)
    .map((tokens) => {
      const own = tokens.map((text) => ({ ...words[at++]!, text }));
      return segmentOf(own);
    });
}

const plain = (word: string) => word.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
