import { quoted, type Reading, warn } from '../reading.ts';

/** Names are indexed, and an index row holds at most 2,704 bytes: 500 characters of four bytes fit. */
const maxText = 500;
const maxReferrer = 8_192;

/** `Acme%20Plumbing`, `Smith &amp; Sons`: no space of its own beside an escape, or an entity. */
const stillEncoded = /^\S*%[2-7][0-9a-f]\S*$|&(?:amp|quot|apos|lt|gt|nbsp|#x?[0-9a-f]{1,5});/i;

/** A name or label, exactly as it came but for outer spaces; cut at the limit with a warning. */
export function readText(text: string, reading: Reading): string {
  if (
    reading.field !== 'referrer_url' &&
    (text.includes('%') || text.includes('&')) &&
    stillEncoded.test(text)
  ) {
    warn(
      reading,
      'still_encoded',
      `${quoted(text)} looks encoded once too often; it was kept as it came, and is another name than the plain one.`,
    );
  }
  const most = reading.field === 'referrer_url' ? maxReferrer : maxText;
  if (text.length <= most) return text;
  warn(reading, 'too_long', `The text has ${text.length} characters; the first ${most} were kept.`);
  const cut = text.slice(0, most);
  // Not through the middle of a character outside the basic plane.
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}
