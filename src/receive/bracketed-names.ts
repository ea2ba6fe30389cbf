import { isEnvelope } from './envelopes.ts';
import { limits } from './limits.ts';

type Data = Record<string, unknown>;

const bracketed = /^([^[\]]+)((?:\[[^[\]]*\])+)$/;

/** `calls[0][caller_id]` as `calls`, `0`, `caller_id`; null for a name that stands under no envelope. */
function pathOf(name: string): string[] | null {
  if (!name.endsWith(']')) return null;
  const parts = bracketed.exec(name);
  if (!parts || !isEnvelope(parts[1]!)) return null;
  return [parts[1]!, ...parts[2]!.slice(1, -1).split('][')].map((part) => part.trim());
}

/** The name by which a form field is known where it lands: `data[api_key]` is an `api_key`. */
export function innerName(name: string): string {
  return pathOf(name)?.at(-1) ?? name;
}

/**
 * Numbers the `[]` of one form's names as Rails reads them: `calls[][id]` begins the next item where the current one has that
 * name already. Other names come back as they are.
 */
export function numberBrackets(): (name: string, isTaken: (name: string) => boolean) => string {
  const current = new Map<string, number>();
  const number = (name: string, isTaken: (name: string) => boolean): string => {
    const at = name.indexOf('[]');
    if (at === -1 || pathOf(name) === null) return name;
    const [before, after] = [name.slice(0, at), name.slice(at + 2)];
    let index = current.get(before) ?? 0;
    if (isTaken(`${before}[${index}]${after}`)) current.set(before, ++index);
    return number(`${before}[${index}]${after}`, isTaken);
  };
  return number;
}

/** An object whose names are all numbers becomes the list that it stands for, in the order of the numbers. */
function withLists(value: unknown): unknown {
  if (!(value instanceof Map)) return value;
  const entries = [...(value as Map<string, unknown>)].map(
    ([name, inner]) => [name, withLists(inner)] as const,
  );
  if (entries.every(([name]) => /^\d{1,9}$/.test(name))) {
    return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, inner]) => inner);
  }
  return Object.fromEntries(entries);
}

/**
 * Form fields in PHP's spelling put together: `data[caller_id]` and `calls[0][caller_id]` become `data` and `calls` with what
 * they hold, as if it had been sent as JSON. Only under the names of envelopes: elsewhere a name is left as it is, since a
 * mapping may lead it to a field. So is one that contradicts another (`data=1&data[id]=2`).
 */
export function nestBrackets(data: Data): Data {
  const paths = new Map<string, string[]>();
  for (const name in data) {
    const path = name.charCodeAt(name.length - 1) === 93 ? pathOf(name) : null;
    if (path !== null && !Object.hasOwn(data, path[0]!) && path.length <= limits.depth) paths.set(name, path);
  }
  if (paths.size === 0) return data;
  const roots = new Map<string, unknown>();
  const result: Data = {};
  for (const name in data) {
    const path = paths.get(name);
    if (path === undefined || !place(roots, path, data[name])) result[name] = data[name];
  }
  for (const [name, value] of roots) result[name] = withLists(value);
  return result;
}

/** @returns false where a value stands on the way already */
function place(roots: Map<string, unknown>, path: string[], value: unknown): boolean {
  let at = roots;
  for (const part of path.slice(0, -1)) {
    const next = at.get(part) ?? new Map<string, unknown>();
    if (!(next instanceof Map)) return false;
    at.set(part, next);
    at = next;
  }
  const last = path.at(-1)!;
  if (at.has(last)) return false;
  at.set(last, value);
  return true;
}
