import { foldKey } from '../lib/fold-key.ts';

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
    try {
      content = JSON.parse(value) as unknown;
    } catch {
      return null;
    }
  }
  if (typeof content !== 'object' || content === null || !envelopes.has(foldKey(name))) return null;
  if (!Array.isArray(content)) return content as Data;
  return content.length > 0 && content.every(isData) ? content : null;
}

/**
 * Takes the data out of the envelopes that platforms wrap around it: `{data: {…}}`, `{payload}`, `{call}`,
 * `{event}`, `{Notifications: […]}`, at most three deep. What stands beside the envelope (key, connection,
 * event name) is kept, but what stands within wins. One object becomes one or several.
 */
export function unwrapEnvelope(data: Data, levels = 3): Data[] {
  if (levels === 0) return [data];
  for (const name in data) {
    const content = contentOf(name, data[name]);
    if (content === null) continue;
    const { [name]: _, ...beside } = data;
    const within = Array.isArray(content) ? content : [content];
    return within.flatMap((item) => unwrapEnvelope({ ...beside, ...item }, levels - 1));
  }
  return [data];
}
