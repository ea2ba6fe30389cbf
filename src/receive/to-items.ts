import type { Warning } from '../domain/event.ts';
import { type KeyRole, keyRole } from './key-role.ts';
import { limits } from './limits.ts';
import { countKeys } from './parse-json.ts';
import { type Unreadable, unreadable } from './unreadable.ts';
import { isData, unwrapEnvelope } from './unwrap-envelope.ts';

type Data = Record<string, unknown>;

/** The data of one event as the sender names it, with what was odd about its transport; or why there is none, and the text it came as. */
export type ParsedItem = { data: Data; warnings: Warning[] } | { fault: Unreadable; text: string };

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

function faulty(value: unknown, { unreadable }: { unreadable: Unreadable }): ParsedItem {
  return { fault: unreadable, text: JSON.stringify(value) };
}

function notAnObject(): ParsedItem {
  const message = 'This item of the array is no object, so it names no call.';
  return { data: {}, warnings: [{ field: 'body', code: 'not_an_object', message }] };
}

/** The data of an event without traps, or what is wrong with it. */
function toItem(data: Data, trapped: boolean): ParsedItem {
  // JSON inside an envelope's string has not been checked for traps yet.
  const clean = (hasTrap(data) ? withoutTraps(data) : data) as Data;
  if (countKeys(clean) > limits.fields) return faulty(data, fieldsFault());
  const { conflict } = inspect(clean);
  if (conflict) return faulty(data, conflictFault(conflict));
  if (!trapped) return { data: clean, warnings: [] };
  const message = 'A reserved name (__proto__, constructor, prototype) was dropped.';
  return { data: clean, warnings: [{ field: '__proto__', code: 'unsafe_key', message }] };
}

/** One value of the body becomes one item, or several where an envelope holds a list. */
export function toItems(value: unknown): ParsedItem[] {
  if (!isData(value)) return [notAnObject()];
  const look = inspect(value);
  if (look.conflict) return [faulty(value, conflictFault(look.conflict))];
  if (look.count > limits.fields) return [faulty(value, fieldsFault())];
  if (!look.unsafe && !look.nested) return [{ data: value, warnings: [] }];
  const trapped = look.unsafe || hasTrap(value);
  return unwrapEnvelope((trapped ? withoutTraps(value) : value) as Data).map((found) => {
    if ('other' in found) return notAnObject();
    return 'conflict' in found
      ? faulty(found.data, conflictFault(found.conflict))
      : toItem(found.data, trapped);
  });
}
