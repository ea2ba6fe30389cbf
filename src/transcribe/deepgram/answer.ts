import { z } from 'zod';
import { segmentsFromWords } from '../provider/segments-from-words.ts';
import type { Segment } from '../transcriber.ts';

const seconds = z.number().min(0);

/**
 * The answer to POST /v1/listen, as far as it is used: per channel the best alternative with its words.
 * Source: https://developers.deepgram.com/docs/multichannel and /reference/listen
 */
const answerSchema = z.object({
  results: z.object({
    channels: z
      .array(
        z.object({
          detected_language: z.string().nullish(),
          alternatives: z
            .array(
              z.object({
                transcript: z.string(),
                words: z.array(
                  z.object({
                    word: z.string(),
                    punctuated_word: z.string().nullish(),
                    start: seconds,
                    end: seconds,
                    confidence: z.number().min(0).max(1).nullish(),
                  }),
                ),
              }),
            )
            .min(1),
        }),
      )
      .min(1),
  }),
});

/** Segments per channel, times from the beginning of what was sent moved by `offset` seconds. @returns null when the body is no transcription */
export function readAnswer(body: string, offset: number): Segment[][] | null {
  try {
    const { results } = answerSchema.parse(JSON.parse(body));
    return results.channels.map(({ alternatives }) =>
      segmentsFromWords(
        alternatives[0]!.words.map((word) => ({
          text: (word.punctuated_word ?? word.word).trim(),
          start: place(word.start, offset),
          end: place(word.end, offset),
          confidence: word.confidence ?? null,
        })),
      ),
    );
  } catch {
    return null;
  }
}

const place = (time: number, offset: number) => Number((time + offset).toFixed(3));
