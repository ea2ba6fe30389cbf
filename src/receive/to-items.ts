import type { Warning } from '../domain/event.ts';
import { type KeyRole, keyRole } from './key-role.ts';
import { limits } from './limits.ts';
import { countKeys } from './parse-json.ts';
import { type Unreadable, unreadable } from './unreadable.ts';
import { unwrapEnvelope } from './unwrap-envelope.ts';

type Data = Record<string, unknown>;

/** The data of one event as the sender names it, with what was odd about its transport. */
export type ParsedItem = { data: Data; warnings: Warning[] };

/** An identity as it is compared; what is no scalar identifies nothing. */
export function identityText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
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
    const text = identityText(value);
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

/** The refusal of an identity that is given twice, differently. */
export function conflictFault(role: KeyRole): { unreadable: Unreadable } {
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
export function toItems(value: unknown): { items: ParsedItem[] } | { unreadable: Unreadable } {
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
