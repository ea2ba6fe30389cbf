import { withoutInvisible } from '../clean-text.ts';
import { type Reading, warn, warnUnreadable } from '../reading.ts';

/** Longest id that is taken; real ones have up to some 50 characters. */
export const maxIdLength = 256;

/** An id as text, case kept, without invisible characters. A cut id would be another id, so a long one is unknown. */
export function readId(text: string, reading: Reading): string | undefined {
  const id = /^[\x20-\x7e]*$/.test(text) ? text : withoutInvisible(text, reading);
  if (id === '') return warnUnreadable(reading, text, 'id');
  if (id.length <= maxIdLength) return id;
  warn(
    reading,
    'too_long',
    `The id has ${id.length} characters, at most ${maxIdLength} are taken; the field is unknown.`,
  );
  return undefined;
}
