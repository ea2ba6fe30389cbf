import { type Reading, warn } from '../reading.ts';

/** Names are indexed, and an index row holds at most 2,704 bytes: 500 characters of four bytes fit. */
const maxText = 500;
const maxReferrer = 8_192;

/** A name or label, exactly as it came but for outer spaces; cut at the limit with a warning. */
export function readText(text: string, reading: Reading): string {
  const most = reading.field === 'referrer_url' ? maxReferrer : maxText;
  if (text.length <= most) return text;
  warn(reading, 'too_long', `The text has ${text.length} characters; the first ${most} were kept.`);
  const cut = text.slice(0, most);
  // Not through the middle of a character outside the basic plane.
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}
