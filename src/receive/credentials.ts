import { remember } from '../lib/remember.ts';
import { keyRole } from './key-role.ts';

/** What stands where a key stood. */
const replacement = '[api_key]';
/** `ak_` and 32 random bytes in base64url. */
const keyPattern = /^ak_[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/;
/** An escape of a character that needs none: the only way to hide a key from a plain search. */
const needlessEscape = /%(?:25)*(?:2[dD]|3\d|[46][1-9a-fA-F]|[57][0-9aA]|5[fF])|\\u00[2-7]/;

/** Who sends, as far as the data says it; a blank is null. */
export type Credentials = { apiKey: string | null; connectionId: string | null };

function asText(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  return String(value).trim() || null;
}

/** The key and the connection id in the data, by name in any spelling (`Api-Key`, `connectionId`). */
export function findCredentials(data: Record<string, unknown>): Credentials {
  let apiKey = asText(data.api_key);
  let connectionId = asText(data.connection_id);
  if (apiKey !== null && connectionId !== null) return { apiKey, connectionId };
  for (const name in data) {
    const role = keyRole(name);
    if (role === 'api_key') apiKey ??= asText(data[name]);
    else if (role === 'connection_id') connectionId ??= asText(data[name]);
  }
  return { apiKey, connectionId };
}

function cut(value: unknown, keys: readonly string[]): unknown {
  if (typeof value === 'string') {
    for (const key of keys) if (value.includes(key)) return redactKey(value, keys);
    return value.includes('%') || value.includes('\\') ? redactKey(value, keys) : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value)
    ? value.map((item) => cut(item, keys))
    : withoutKey(value as Record<string, unknown>, keys);
}

/** The data without the key: its own field gone, and `[api_key]` in its place wherever else it stands. */
export function withoutKey(data: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const name in data) {
    const role = keyRole(name);
    if (role === 'api_key' || role === 'unsafe') continue;
    result[redactKey(name, keys)] = cut(data[name], keys);
  }
  return result;
}

/** Matches the key with any of its characters percent-encoded (even twice), JSON-escaped or in UTF-16. */
const disguisedPattern = remember(
  (key) => {
    const source = Array.from(key, (char) => {
      const hex = char.charCodeAt(0).toString(16).padStart(2, '0');
      const anyCase = hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
      return `(?:${char.replace(/[^A-Za-z0-9_]/g, '\\$&')}|%(?:25)*${anyCase}|\\\\{1,4}u00${anyCase})\\0?`;
    }).join('');
    return new RegExp(source, 'g');
  },
  { most: 1_000, longest: 500 },
);

/** In UTF-16 the replacement must be UTF-16 too, or all that follows would shift by a byte. */
function replacementFor(match: string): string {
  if (!match.includes('\0')) return replacement;
  return Array.from(replacement).join('\0') + (match.endsWith('\0') ? '\0' : '');
}

function redactText(text: string, keys: readonly string[]): string {
  let result = text;
  for (const key of keys) {
    if (key.length < 8) continue;
    if (result.includes(key)) result = result.replaceAll(key, replacement);
    if ((result.includes('%') || result.includes('\\u')) && needlessEscape.test(result)) {
      result = result.replace(disguisedPattern(key), replacementFor);
    } else if (result.includes('\0')) result = result.replace(disguisedPattern(key), replacementFor);
  }
  return result;
}

/**
 * Bytes or text with every occurrence of the keys replaced by `[api_key]`, also where they are percent-encoded,
 * JSON-escaped or in UTF-16. The same object comes back when there is nothing to cut. Keys under 8 characters
 * are no keys and are ignored.
 */
export function redactKey(bytes: Buffer, keys: readonly string[]): Buffer;
export function redactKey(bytes: string, keys: readonly string[]): string;
export function redactKey(bytes: Buffer | string, keys: readonly string[]): Buffer | string {
  if (typeof bytes === 'string') return redactText(bytes, keys);
  // latin1 maps each byte to one character and back, so any bytes survive the trip.
  const text = bytes.toString('latin1');
  const result = redactText(text, keys);
  return result === text ? bytes : Buffer.from(result, 'latin1');
}

/** `ak_` with any of its characters percent-encoded or JSON-escaped. */
const disguisedStart =
  /(?:a|%(?:25)*61|\\{1,4}u0061)(?:k|%(?:25)*6[bB]|\\{1,4}u006[bB])(?:_|%(?:25)*5[fF]|\\{1,4}u005[fF])/g;

/**
 * The key that stands anywhere in bytes that cannot be parsed, so that a malformed request can still be
 * authenticated and kept. Null when there is none, or when two different ones leave it open who sends. Looks at
 * the first 1,000 places that start like a key: strangers may send such bytes, too.
 */
export function scanForKey(bytes: Buffer | string): string | null {
  let text = typeof bytes === 'string' ? bytes : bytes.toString('latin1');
  if (text.includes('\0')) text = text.replaceAll('\0', '');
  const found = new Set<string>();
  let places = 0;
  for (const { index } of text.matchAll(disguisedStart)) {
    if (++places > 1_000) break;
    const key = keyPattern.exec(unescaped(text.slice(index, index + 500)))?.[0];
    if (key !== undefined) found.add(key);
  }
  return found.size === 1 ? [...found][0]! : null;
}

/** Percent-encoding (even twice) and JSON escapes of printable ASCII undone. */
function unescaped(text: string): string {
  if (!text.includes('%') && !text.includes('\\u')) return text;
  const toChar = (_: string, hex: string) => String.fromCharCode(Number.parseInt(hex, 16));
  return text.replace(/%(?:25)*([2-7][0-9a-fA-F])/g, toChar).replace(/\\{1,4}u00([2-7][0-9a-fA-F])/g, toChar);
}

/** The same text, as long, with keys and the values of key fields starred out: for excerpts in error messages. */
export function maskSecrets(text: string): string {
  return text
    .replace(/ak_[A-Za-z0-9_-]{8,}/g, (key) => '*'.repeat(key.length))
    .replace(
      /((?:api[_\- ]?key|token|secret|password|authorization)["']?\s*[:=]\s*["']?)([^"',}&\s]+)/gi,
      (_, name: string, value: string) => name + '*'.repeat(value.length),
    );
}
