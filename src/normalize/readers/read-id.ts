import { withoutInvisible } from '../clean-text.ts';
import { quoted, type Reading, warn, warnUnreadable } from '../reading.ts';

/** Longest id that is taken; real ones have up to some 50 characters. */
export const maxIdLength = 256;

/** What a spreadsheet makes of a long number: its last digits are gone, and many ids have become one. */
const roundedOff = /^\d(?:[.,]\d+)?E\+\d{1,3}$/i;
/** `="0123"`, by which an export keeps a spreadsheet from taking an id for a number. */
const keptAsText = /^="([^"]*)"$/;

/** An id as text, case kept, without invisible characters. A cut id would be another id, so a long one is unknown. */
export function readId(sent: string, reading: Reading): string | undefined {
  const text = keptAsText.exec(sent)?.[1]?.trim() ?? sent;
  if (roundedOff.test(text)) {
    warn(
      reading,
      'scientific_notation',
      `A spreadsheet has destroyed the id ${quoted(text)}; the field is unknown.`,
    );
    return undefined;
  }
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
