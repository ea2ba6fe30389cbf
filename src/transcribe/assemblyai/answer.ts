import { z } from 'zod';
import { segmentsFromWords } from '../provider/segments-from-words.ts';
import type { Segment } from '../transcriber.ts';

const milliseconds = z.number().min(0);

/** The answer to POST /v2/upload. */
const uploadSchema = z.object({ upload_url: z.string().min(1) });

/**
 * A transcript as POST and GET /v2/transcript give it, as far as it is used. Times are milliseconds; `channel` is
 * counted from 1 and missing where there is one.
 * Source: https://www.assemblyai.com/docs/openapi.json
 */
const transcriptSchema = z.object({
  id: z.string().regex(/^[\w-]{1,100}$/),
  status: z.enum(['queued', 'processing', 'completed', 'error']),
  error: z.string().nullish(),
  language_code: z.string().nullish(),
  words: z
    .array(
      z.object({
        text: z.string(),
        start: milliseconds,
        end: milliseconds,
        confidence: z.number().min(0).max(1).nullish(),
        channel: z.string().nullish(),
      }),
    )
    .nullish(),
});
export type TranscriptAnswer = z.infer<typeof transcriptSchema>;

/** @returns null when the body is none */
export const readUpload = (body: string) => read(uploadSchema, body)?.upload_url ?? null;
/** @returns null when the body is none */
export const readTranscript = (body: string) => read(transcriptSchema, body);

function read<T>(schema: z.ZodType<T>, body: string): T | null {
  try {
    return schema.parse(JSON.parse(body));
  } catch {
    return null;
  }
}

/**
 * Segments per channel, moved by `offset` seconds.
 * @returns null when a word lies on a channel that was not sent
 */
export function toSegments(answer: TranscriptAnswer, offset: number, channels: number): Segment[][] | null {
  const words = Array.from({ length: channels }, () => [] as Segment['words']);
  for (const { text, start, end, confidence, channel } of answer.words ?? []) {
    const own = words[Number(channel ?? 1) - 1];
    if (!own) return null;
    const place = (time: number) => Number((time / 1000 + offset).toFixed(3));
    own.push({ text: text.trim(), start: place(start), end: place(end), confidence: confidence ?? null });
  }
  return words.map((own) => segmentsFromWords(own));
}
