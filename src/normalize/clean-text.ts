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

/**
 * A number, date or word in the characters in which it is usually written: full-width digits, odd spaces and invisible marks
 * undone (numbers copied from address books carry those), and one pair of quotes around it, which templates leave. Not for
 * names, which are kept as they came.
 */
export function plainSpelling(text: string): string {
  const plain = /^[\x20-\x7e]*$/.test(text) ? text : text.normalize('NFKC').replace(invisible, '').trim();
  const first = plain[0];
  const isQuoted = plain.length > 1 && (first === '"' || first === "'") && plain.endsWith(first);
  return isQuoted ? plain.slice(1, -1).trim() : plain;
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
