import { foldKey } from '../lib/fold-key.ts';
import { type KeyRole, keyRole } from './key-role.ts';
import { limits } from './limits.ts';
import { parseJson } from './parse-json.ts';

type Data = Record<string, unknown>;

const envelopes = new Set([
  'data',
  'payload',
  'call',
  'event',
  'notification',
  'notifications',
  'json',
  'body',
]);

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The content of an envelope field: an object, a list of objects, or either as JSON text; else null. */
function contentOf(name: string, value: unknown): Data | Data[] | null {
  let content = value;
  if (typeof value === 'string') {
    const first = value.trimStart()[0];
    if (first !== '{' && first !== '[') return null;
    if (!envelopes.has(foldKey(name))) return null;
    const parsed = parseJson(value);
    if ('unreadable' in parsed) return null;
    content = parsed.value;
  }
  if (typeof content !== 'object' || content === null || !envelopes.has(foldKey(name))) return null;
  if (!Array.isArray(content)) return content as Data;
  return content.length > 0 && content.every(isData) ? content : null;
}

/** The objects found within, or the identity that envelope and content give differently. */
export type Unwrapped = { found: Data[] } | { conflict: KeyRole };

/**
 * Takes the data out of the envelopes that platforms wrap around it: `{data: {…}}`, `{payload}`, `{call}`,
 * `{event}`, `{Notifications: […]}`, at most three deep. What stands beside the envelope (key, connection,
 * event name) is kept, but what stands within wins. One object becomes one or several; no more are unwrapped
 * than it takes to exceed `limits.items`.
 */
export function unwrapEnvelope(data: Data): Unwrapped {
  const found: Data[] = [];
  const conflict = unwrapInto(found, data, 3);
  return conflict === null ? { found } : { conflict };
}

function unwrapInto(found: Data[], data: Data, levels: number): KeyRole | null {
  for (const name in levels > 0 ? data : {}) {
    const content = contentOf(name, data[name]);
    if (content === null) continue;
    const { [name]: _, ...beside } = data;
    for (const item of Array.isArray(content) ? content : [content]) {
      if (found.length > limits.items) return null;
      const conflict = conflictBetween(beside, item) ?? unwrapInto(found, { ...beside, ...item }, levels - 1);
      if (conflict !== null) return conflict;
    }
    return null;
  }
  found.push(data);
  return null;
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
