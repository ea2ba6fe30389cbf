import type { z } from 'zod';
import { Failure } from '../../domain/failure.ts';
import { badAnswerDetail } from './server-failure.ts';

/**
 * The JSON object in a text that may have words or a code fence around it, held against the schema.
 * @throws Failure where there is none of that shape
 */
export function readLooseJson<T extends z.ZodType>(
  text: string,
  schema: T,
  finishReason: string,
): z.infer<T> {
  const start = text.indexOf('{');
  const end = text.lastIndexOf('}');
  let value: unknown;
  try {
    value = JSON.parse(text.slice(start, end + 1));
  } catch (cause) {
    throw new Failure('score.bad-answer', 'soon', badAnswerDetail(finishReason), { cause });
  }
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new Failure('score.bad-answer', 'soon', badAnswerDetail(finishReason), { cause: read.error });
}
