import { type CallFields, callFields } from '../domain/call-fields.ts';

/**
 * JSON as PostgreSQL's jsonb takes it: a NUL, or half of a surrogate pair, which it refuses, becomes U+FFFD.
 * Warnings quote what senders sent, and may cut it in the middle of a character.
 */
export function storableJson(value: unknown): string {
  const text = JSON.stringify(value);
  if (!text.includes('\\u')) return text;
  // an escaped backslash is taken as a whole, or the text `\\u0000` would pass for an escape
  return text.replace(
    /(\\\\)|\\u(?:0000|d[89a-f][0-9a-f]{2})/g,
    (_, backslash?: string) => backslash ?? '\ufffd',
  );
}

/** jsonb keeps names by length, then by letters; names that come sorted already cost it no sorting. */
const storedOrder = callFields.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1));

/** An event's values as JSON. To sort their names took PostgreSQL a twentieth of all that storing an event takes. */
export function storableFields(fields: CallFields): string {
  const sorted: Record<string, unknown> = {};
  for (const name of storedOrder) if (fields[name] !== undefined) sorted[name] = fields[name];
  return storableJson(sorted);
}
