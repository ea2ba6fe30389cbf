import { type Reading, warn } from './reading.ts';

const invisible = /[\u200b-\u200d\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]/g;

/** Whether PostgreSQL would refuse the text: a NUL, or half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/** The text without NULs, and with U+FFFD for half a surrogate pair; no warning. */
export function storable(text: string): string {
  return isStorable(text) ? text : text.replaceAll('\0', '').toWellFormed();
}

/** Whether nothing is left once invisible characters are gone. */
export function isInvisible(text: string): boolean {
  return text.replace(invisible, '').trim() === '';
}

const dashes = /[\u2010-\u2015\u2212]/g;

/** Text that was URL-encoded once too often: escapes, and not a space of its own. Anything else as it came. */
export function decodedOnceMore(text: string): string {
  if (!/%[0-9a-f]{2}/i.test(text) || /\s/.test(text)) return text;
  try {
    const decoded = decodeURIComponent(text.replaceAll('+', '%20')).trim();
    return isStorable(decoded) ? decoded : text;
  } catch {
    return text;
  }
}

/**
 * A number, date or word in the characters in which it is usually written: full-width digits, odd spaces, dashes and
 * invisible marks undone (numbers copied from address books carry those), one URL-encoding too many taken off, and one pair
 * of quotes around it, which templates and spreadsheets leave. Not for names, which are kept as they came.
 */
export function plainSpelling(text: string): string {
  const decoded = text.includes('%') ? decodedOnceMore(text) : text;
  const plain = /^[\x20-\x7e]*$/.test(decoded)
    ? decoded
    : decoded.normalize('NFKC').replace(invisible, '').replace(dashes, '-').trim();
  // ="02134" and '02134 are how spreadsheets are kept from taking a text for a number
  const shown =
    plain[0] === '=' && plain[1] === '"' ? plain.slice(1) : plain.replace(/^'(?=[+\d][^']*$)/, '');
  const first = shown[0];
  const isQuoted = shown.length > 1 && (first === '"' || first === "'") && shown.endsWith(first);
  return isQuoted ? shown.slice(1, -1).trim() : shown;
}

/** The same as `storable`, with a warning when something had to go. */
export function cleanText(text: string, reading: Reading): string {
  if (isStorable(text)) return text;
  warn(reading, 'cleaned_text', 'NUL characters were removed, or half a surrogate pair became U+FFFD.');
  return storable(text);
}

/** An id without invisible characters, which would make two equal ids differ; warns when there were any. */
export function withoutInvisible(text: string, reading: Reading): string {
  const result = text.replace(invisible, '').trim();
  if (result.length !== text.length) {
    warn(reading, 'cleaned_text', 'Invisible characters were removed from the id.');
  }
  return result;
}

/** Any JSON value made storable, names and texts at every depth; nesting is limited by the parser. */
export function storableValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return storable(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 40) return null;
  if (Array.isArray(value)) return value.map((item) => storableValue(item, depth + 1));
  const result: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const clean = storable(name);
    if (clean === '__proto__') continue;
    result[clean] = storableValue((value as Record<string, unknown>)[name], depth + 1);
  }
  return result;
}
