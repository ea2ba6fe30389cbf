import { isEnvelope, isPartOfCall } from './envelopes.ts';
import { type KeyRole, keyRole } from './key-role.ts';
import { limits } from './limits.ts';
import { parseJson } from './parse-json.ts';

type Data = Record<string, unknown>;

/** Whether a value is an object with names, as an event must be. */
export function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What JSON text holds, where it is an object or a list; any other value as it came. */
export function openJsonText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const first = value.trimStart()[0];
  if (first !== '{' && first !== '[') return value;
  const parsed = parseJson(value);
  return 'unreadable' in parsed ? value : parsed.value;
}

/** What stands in an envelope (objects, or what else its list holds) and beside it; null where the name is none. */
function openEnvelope(name: string, data: Data): Envelope | null {
  const value = data[name];
  if (value === null || (typeof value !== 'object' && typeof value !== 'string') || !isEnvelope(name))
    return null;
  const opened = openJsonText(value);
  if (typeof opened !== 'object') return null;
  const { [name]: _, ...beside } = data;
  if (!Array.isArray(opened)) return { content: [opened], beside };
  const content = opened.map(openJsonText);
  const objects = content.filter(isData);
  return objects.length === 0 || isPartOfCall(beside, objects) ? null : { content, beside };
}

/** One event found within: its data, the identity that envelope and content give differently, or no object at all. */
export type Unwrapped = { data: Data } | { conflict: KeyRole; data: Data } | { other: unknown };

/**
 * Takes the data out of the envelopes that platforms wrap around it (src/receive/envelopes.ts, and what says by itself
 * whose call it is), at most three deep. What stands beside the envelope (key, connection, event name) is kept, but what
 * stands within wins. One object becomes one or several; no more are unwrapped than it takes to exceed `limits.items`.
 */
export function unwrapEnvelope(data: Data): Unwrapped[] {
  const found: Unwrapped[] = [];
  unwrapInto(found, data, 3);
  return found;
}

function unwrapInto(found: Unwrapped[], data: Data, levels: number): void {
  const envelope = levels > 0 ? findEnvelope(data) : null;
  if (envelope === null) {
    found.push({ data });
    return;
  }
  const { content, beside } = envelope;
  for (const item of content) {
    if (found.length > limits.items) return;
    if (!isData(item)) found.push({ other: item });
    else {
      const conflict = conflictBetween(beside, item);
      if (conflict === null) unwrapInto(found, { ...beside, ...item }, levels - 1);
      else found.push({ conflict, data: { ...beside, ...item } });
    }
  }
}

/** What stands in an envelope, and beside it. */
type Envelope = { content: unknown[]; beside: Data };

function findEnvelope(data: Data): Envelope | null {
  for (const name in data) {
    const envelope = openEnvelope(name, data);
    if (envelope !== null) return envelope;
  }
  return openUnknownEnvelope(data);
}

/**
 * The one object or list under any other name that says by itself which calls it is about, or who sends it, where nothing
 * around it says either: an envelope, whatever it is called (`{"lead": {"call_instance_id": …}}`).
 */
function openUnknownEnvelope(data: Data): Envelope | null {
  const names = Object.keys(data);
  if (names.some((name) => keyRole(name) === 'call_instance_id')) return null;
  const hasKey = names.some((name) => keyRole(name) === 'api_key');
  const saysWhose = (item: unknown) =>
    isData(item) &&
    Object.keys(item).some(
      (name) => keyRole(name) === 'call_instance_id' || (!hasKey && keyRole(name) === 'api_key'),
    );
  let only: Envelope | null = null;
  for (const name of names) {
    const opened = openJsonText(data[name]);
    if (typeof opened !== 'object' || opened === null) continue;
    const content = Array.isArray(opened) ? opened.map(openJsonText) : [opened];
    if (content.length === 0 || !content.every(saysWhose)) continue;
    if (only !== null) return null;
    const { [name]: _, ...beside } = data;
    only = { content, beside };
  }
  return only;
}

/** The identity that both objects give under the same name, but not alike. Other spellings are compared later. */
function conflictBetween(outer: Data, inner: Data): KeyRole | null {
  for (const name in inner) {
    if (!Object.hasOwn(outer, name) || outer[name] === inner[name]) continue;
    const role = keyRole(name);
    if (role !== 'plain') return role;
  }
  return null;
}
