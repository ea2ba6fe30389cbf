import type { Warning } from '../domain/event.ts';
import { foldKey } from '../lib/fold-key.ts';
import { decodeText, readContentType } from './decode-text.ts';
import { type KeyRole, keyRole } from './key-role.ts';
import { limits } from './limits.ts';
import { parseForm } from './parse-form.ts';
import { countKeys, parseJson } from './parse-json.ts';
import { parseMultipart } from './parse-multipart.ts';
import { type Unreadable, unreadable } from './unreadable.ts';
import { unwrapEnvelope } from './unwrap-envelope.ts';

type Data = Record<string, unknown>;

/** The data of one event as the sender names it, with what was odd about its transport. */
export type ParsedItem = { data: Data; warnings: Warning[] };

/** The events of a request (one, unless a list was sent: `isBatch`), or why there are none. */
export type ParsedRequest =
  | { items: ParsedItem[]; warnings: Warning[]; isBatch: boolean }
  | { unreadable: Unreadable };

type ParsedBody = { value: unknown; warnings: Warning[] } | { unreadable: Unreadable };

const looksLikeForm = /^\s*[^\s={}"'<>&]{1,200}=/;

function asBody(form: ReturnType<typeof parseForm>): ParsedBody {
  return 'unreadable' in form ? form : { value: form.data, warnings: form.warnings };
}

/** Believes the bytes first and the header second: senders mislabel their bodies. */
function parseBody(body: Buffer, contentType: string): ParsedBody {
  const { media, charset } = readContentType(contentType);
  if (media === 'multipart/form-data') return asBody(parseMultipart(body, contentType));
  const { text, warnings } = decodeText(body, contentType);
  const parsed = parseText(text, media, charset);
  if (!('unreadable' in parsed) && warnings.length > 0) parsed.warnings.unshift(...warnings);
  return parsed;
}

function parseText(text: string, media: string, charset: string | null): ParsedBody {
  const first = /\S/.exec(text)?.[0];
  if (first === '<') {
    return unreadable(415, 'xml_unsupported', 'The body is XML or HTML. Send JSON or a form instead.');
  }
  const saysJson = media === 'application/json' || media.endsWith('+json');
  if (first === '{' || first === '[') return parseJson(text);
  if (looksLikeForm.test(text) || (media === 'application/x-www-form-urlencoded' && text.includes('='))) {
    const form = asBody(parseForm(text.trim(), charset));
    if (saysJson && !('unreadable' in form)) {
      form.warnings.push({
        field: 'body',
        code: 'content_type_mismatch',
        message: 'The header says JSON but the body is a form; it was read as a form.',
      });
    }
    return form;
  }
  const json = parseJson(text);
  if ('unreadable' in json) {
    if (saysJson || json.unreadable.code !== 'malformed_json') return json;
    return unreadable(
      415,
      'unsupported_body',
      'The body is neither JSON nor a form (name=value&name=value).',
    );
  }
  if (typeof json.value !== 'string') {
    return unreadable(422, 'not_an_object', 'The JSON is a single value, not an object with fields.');
  }
  const inner = json.value.trim();
  const again = inner.startsWith('{') || inner.startsWith('[') ? parseJson(inner) : null;
  if (!again) return unreadable(422, 'not_an_object', 'The JSON is one string, not an object with fields.');
  if (!('unreadable' in again)) {
    again.warnings.push({
      field: 'body',
      code: 'double_encoded',
      message: 'The body was JSON inside a JSON string; it was parsed once more.',
    });
  }
  return again;
}

/** What needs care in one flat object: traps, nesting, and identity given twice in different spellings. */
function inspect(data: Data): { unsafe: boolean; nested: boolean; count: number; conflict: KeyRole | null } {
  let unsafe = false;
  let nested = false;
  let count = 0;
  let conflict: KeyRole | null = null;
  let identity: Partial<Record<KeyRole, string>> | null = null;
  for (const name in data) {
    if (++count > limits.fields) break;
    const value = data[name];
    if (typeof value === 'object' && value !== null) nested = true;
    else if (typeof value === 'string' && (value.charCodeAt(0) === 123 || value.charCodeAt(0) === 91))
      nested = true;
    const role = keyRole(name);
    if (role === 'plain') continue;
    if (role === 'unsafe') {
      unsafe = true;
      continue;
    }
    const text = value === null || value === undefined ? '' : String(value as string).trim();
    if (text === '') continue;
    identity ??= {};
    if (identity[role] !== undefined && identity[role] !== text) conflict = role;
    identity[role] = text;
  }
  return { unsafe, nested, count, conflict };
}

/** A copy without reserved names, at any depth. */
function withoutTraps(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutTraps);
  const result: Data = {};
  for (const name of Object.keys(value)) {
    if (keyRole(name) !== 'unsafe') result[name] = withoutTraps((value as Data)[name]);
  }
  return result;
}

const trapName = /"(?:__proto__|constructor|prototype)"/;

function hasTrap(value: unknown): boolean {
  return trapName.test(JSON.stringify(value));
}

function conflictFault(role: KeyRole): { unreadable: Unreadable } {
  return unreadable(
    400,
    'conflicting_identity',
    `${role} was sent twice with different values. Send it once.`,
  );
}

function fieldsFault(): { unreadable: Unreadable } {
  return unreadable(413, 'too_many_fields', `More than ${limits.fields} fields were sent for one event.`);
}

/** One object of the body becomes one item, or several where an envelope holds a list. */
function toItems(value: unknown): { items: ParsedItem[] } | { unreadable: Unreadable } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const message = 'This item of the array is no object, so it names no call.';
    return { items: [{ data: {}, warnings: [{ field: 'body', code: 'not_an_object', message }] }] };
  }
  const look = inspect(value as Data);
  if (look.conflict) return conflictFault(look.conflict);
  if (look.count > limits.fields) return fieldsFault();
  if (!look.unsafe && !look.nested) {
    return { items: [{ data: value as Data, warnings: [] }] };
  }
  const trapped = look.unsafe || hasTrap(value);
  const safe = (trapped ? withoutTraps(value) : value) as Data;
  const items: ParsedItem[] = [];
  const unwrapped = unwrapEnvelope(safe);
  if ('conflict' in unwrapped) return conflictFault(unwrapped.conflict);
  for (const data of unwrapped.found) {
    // JSON inside an envelope's string has not been checked for traps yet.
    const clean = (hasTrap(data) ? withoutTraps(data) : data) as Data;
    if (countKeys(clean) > limits.fields) return fieldsFault();
    const { conflict } = inspect(clean);
    if (conflict) return conflictFault(conflict);
    items.push({ data: clean, warnings: [] });
  }
  if (trapped) {
    const message = 'A reserved name (__proto__, constructor, prototype) was dropped.';
    for (const item of items) item.warnings.push({ field: '__proto__', code: 'unsafe_key', message });
  }
  return { items };
}

/** Adds the query's values; the body wins, except that a different identity is refused. */
function addQuery(item: ParsedItem, query: Data): ParsedItem | { unreadable: Unreadable } {
  const spelled = new Map<string, string>();
  for (const name in item.data) spelled.set(foldKey(name) || name, name);
  const data = { ...item.data };
  for (const name in query) {
    const own = spelled.get(foldKey(name) || name);
    if (own === undefined) data[name] = query[name];
    else if (data[own] === null || data[own] === '') data[own] = query[name];
    else if (
      keyRole(name) !== 'plain' &&
      String(data[own]).trim() !== String(query[name]).trim() &&
      query[name] !== ''
    ) {
      return unreadable(
        400,
        'conflicting_identity',
        `${keyRole(name)} in the URL differs from the one in the body. Send it once.`,
      );
    }
  }
  return { data, warnings: item.warnings };
}

/**
 * Turns a request into the data of its events. Pure, and never throws: any bytes give items or a reason.
 * `query` comes without its question mark; `contentType` is the header or ''.
 */
export function parseRequest(request: {
  method: string;
  contentType: string;
  query: string;
  body: Buffer;
}): ParsedRequest {
  const query = request.query === '' ? null : parseForm(request.query);
  if (query && 'unreadable' in query) return query;
  const hasQuery = query !== null && Object.keys(query.data).length > 0;
  if (
    request.body.length === 0 ||
    (request.body.length < 64 && request.body.toString('latin1').trim() === '')
  ) {
    if (!hasQuery)
      return unreadable(400, 'empty_body', 'The request holds no data: body and query are empty.');
    const own = toItems(query.data);
    return 'unreadable' in own
      ? own
      : { items: own.items, warnings: query.warnings, isBatch: own.items.length > 1 };
  }
  const body = parseBody(request.body, request.contentType);
  if ('unreadable' in body) return body;
  const list: unknown[] = Array.isArray(body.value) ? body.value : [body.value];
  if (list.length === 0) return unreadable(400, 'empty_body', 'The array holds no events.');
  const warnings = query ? [...body.warnings, ...query.warnings] : body.warnings;
  let items: ParsedItem[] = [];
  for (const value of list) {
    const own = toItems(value);
    if ('unreadable' in own) return own;
    items = items.length === 0 ? own.items : items.concat(own.items);
    if (items.length > limits.items || list.length > limits.items) {
      return unreadable(413, 'too_many_items', `More than ${limits.items} events were sent in one request.`);
    }
  }
  if (hasQuery) {
    for (const [index, item] of items.entries()) {
      const merged = addQuery(item, query.data);
      if ('unreadable' in merged) return merged;
      items[index] = merged;
    }
  }
  return { items, warnings, isBatch: Array.isArray(body.value) || items.length > 1 };
}
