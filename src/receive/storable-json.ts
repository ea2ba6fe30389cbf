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
