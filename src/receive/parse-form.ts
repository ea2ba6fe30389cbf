import type { Warning } from '../domain/event.ts';
import { innerName, nestBrackets, numberBrackets } from './bracketed-names.ts';
import { keyRole } from './key-role.ts';
import { limits } from './limits.ts';
import { type Unreadable, unreadable } from './unreadable.ts';

/** Data of a form or query: flat, but for envelopes in PHP's spelling. */
export type ParsedForm = { data: Record<string, unknown>; warnings: Warning[] } | { unreadable: Unreadable };

/** One decoded name with its value. `raw` is the value before percent-decoding. */
type Pair = { name: string; value: string; raw: string };

/** Parameters of recording links (Ringba's `k`, signed S3, Google and Azure addresses) that are no field of a call. */
const urlParameter =
  /^(?:k|v|sig|signature|expires|policy|key-pair-id|awsaccesskeyid|x-(?:amz|goog)-[\w-]+|s[evpr]|googleaccessid)$/i;

/** The bytes that a part spells; a `%` that starts no escape stays what it is. */
function percentBytes(part: string): Buffer {
  const latin1 = Buffer.from(part, 'utf8')
    .toString('latin1')
    .replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(latin1, 'latin1');
}

function decodePart(part: string, charset: string, damage: { seen: boolean }): string {
  const spaced = part.includes('+') ? part.replaceAll('+', ' ') : part;
  if (!spaced.includes('%')) return spaced;
  if (charset === 'utf-8') {
    try {
      return decodeURIComponent(spaced);
    } catch {
      // A lone % or bytes of another charset: decoded leniently below.
    }
  }
  const text = new TextDecoder(charset).decode(percentBytes(spaced));
  if (text.includes('\ufffd')) damage.seen = true;
  return text;
}

/**
 * Puts names and values into one flat object: the first value of a repeated name is used, a different later one
 * is warned of, or refused where the name identifies the sender or the call. What PHP's brackets nest is nested then.
 */
export function collectPairs(pairs: Iterable<Pair>, warnings: Warning[]): ParsedForm {
  const data: Record<string, unknown> = {};
  const number = numberBrackets();
  const isTaken = (name: string) => Object.hasOwn(data, name);
  let count = 0;
  let lastUrl: string | null = null;
  let rejoined: string | null = null;
  for (const { name: sent, value, raw } of pairs) {
    const name = number(sent, isTaken);
    if (++count > limits.fields) {
      return unreadable(413, 'too_many_fields', `More than ${limits.fields} fields were sent.`);
    }
    const role = keyRole(innerName(name));
    if (role === 'unsafe') {
      warnings.push({
        field: name,
        code: 'unsafe_key',
        message: 'This name is reserved; the field was dropped.',
      });
      continue;
    }
    // An unencoded recording URL such as Ringba's `…?v=v1&k=…` falls apart at its own ampersand.
    if (lastUrl !== null && urlParameter.test(name) && !Object.hasOwn(data, name)) {
      data[lastUrl] = `${data[lastUrl]}&${name}=${raw}`;
      if (rejoined === lastUrl) continue;
      rejoined = lastUrl;
      warnings.push({
        field: lastUrl,
        code: 'rejoined_url',
        message: `The URL came unencoded and had been split at "&${name}="; it was put together again.`,
      });
      continue;
    }
    lastUrl = /^https?:\/\/[^?]+\?/i.test(raw) ? name : null;
    if (!Object.hasOwn(data, name)) data[name] = value;
    else if (data[name] !== value) {
      if (role !== 'plain') {
        return unreadable(400, 'conflicting_identity', `${role} was sent twice with different values.`);
      }
      warnings.push({
        field: name.slice(0, 100),
        code: 'duplicate_key',
        message: 'This name was sent twice with different values; the first one was used.',
      });
    }
  }
  return { data: nestBrackets(data), warnings };
}

function* splitPairs(text: string, charset: string, warnings: Warning[]): Generator<Pair> {
  const damage = { seen: false };
  let entity = false;
  for (let start = 0; start <= text.length; ) {
    let end = text.indexOf('&', start);
    if (end === -1) end = text.length;
    if (text.startsWith('amp;', start) && start > 0) {
      entity = true;
      start += 4;
    }
    if (end > start) {
      let equals = text.indexOf('=', start);
      if (equals === -1 || equals > end) equals = end;
      let raw = text.slice(equals + 1, end);
      const name = decodePart(text.slice(start, equals), charset, damage).trim();
      const second = raw.indexOf('?');
      if (second !== -1 && (keyRole(name) === 'api_key' || keyRole(name) === 'connection_id')) {
        // the platform put its "?" behind an address that had one: api_key=ak_…?call_id=7
        end = equals + 1 + second;
        raw = raw.slice(0, second);
      }
      if (name !== '') yield { name, value: decodePart(raw, charset, damage), raw };
    }
    start = end + 1;
  }
  if (entity) {
    warnings.push({
      field: 'body',
      code: 'html_entity',
      message: 'Fields were joined by "&amp;"; it was read as "&".',
    });
  }
  if (damage.seen) {
    warnings.push({
      field: 'body',
      code: 'invalid_text',
      message: `Some percent-encoded bytes are no ${charset} text and were replaced by U+FFFD.`,
    });
  }
}

/** Parses `name=value&…` leniently: broken percent escapes stay as they are, nothing throws. */
export function parseForm(text: string, declaredCharset: string | null = null): ParsedForm {
  let charset = 'utf-8';
  if (declaredCharset !== null && !declaredCharset.startsWith('utf-16')) {
    try {
      charset = new TextDecoder(declaredCharset).encoding;
    } catch {
      // decodeText has already warned of the unknown charset.
    }
  }
  const warnings: Warning[] = [];
  return collectPairs(splitPairs(text, charset, warnings), warnings);
}
