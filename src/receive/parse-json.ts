import type { Warning } from '../domain/event.ts';
import { maskSecrets } from './credentials.ts';
import { scanJson } from './json-scan.ts';
import { walkJson } from './json-walk.ts';
import { keyRole } from './key-role.ts';
import { limits } from './limits.ts';
import { type Unreadable, unreadable } from './unreadable.ts';

/** Parsed JSON of any type, within the depth limit, without silently lost digits or names. */
export type ParsedJson = { value: unknown; warnings: Warning[] } | { unreadable: Unreadable };

/** Enough to see what is wrong; the answer to the sender stays small. */
const maxWarnings = 50;

/** Names of all objects within; the depth is known to be small. */
export function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) for (const item of value) count += countKeys(item);
  else {
    for (const key in value) {
      count += 1;
      const inner = (value as Record<string, unknown>)[key];
      if (typeof inner === 'object') count += countKeys(inner);
    }
  }
  return count;
}

/**
 * Keeps the written digits where a double would change them, and where an exponent may have cut them off (a spreadsheet's
 * 1.5551E+10). Of small numbers it cuts none: Java writes 1E+2 for 100.
 */
function exactNumber(_key: string, value: unknown, context: { source?: string }): unknown {
  if (typeof value !== 'number' || context.source === undefined) return value;
  if (/e/i.test(context.source)) return isExactWithExponent(value, context.source) ? value : context.source;
  return context.source.length > 15 ? context.source : value;
}

function isExactWithExponent(value: number, source: string): boolean {
  const size = Math.abs(value);
  return source.length <= 15 && size < 1e9 && (size >= 1e-6 || /^-?[0.]+e/i.test(source));
}

/**
 * Parses JSON text. Never throws: a fault is told by line, column, a masked excerpt and a hint. Numbers beyond a
 * double's precision stay text; a name given twice with different values is warned of, or refused when it
 * identifies the sender or the call.
 */
export function parseJson(text: string): ParsedJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return describeFault(text);
  }
  const scan = scanJson(text);
  if (scan.depth > limits.depth) {
    return unreadable(
      413,
      'too_deep',
      `The JSON nests ${scan.depth} levels; at most ${limits.depth} are read.`,
    );
  }
  const warnings: Warning[] = [];
  if (scan.keys !== countKeys(value)) {
    const told = new Set<string>();
    for (const { key, same } of walkJson(text).duplicates) {
      if (same || told.has(key)) continue;
      told.add(key);
      const role = keyRole(key);
      if (role === 'api_key' || role === 'connection_id' || role === 'call_instance_id') {
        return unreadable(400, 'conflicting_identity', `The JSON holds ${role} twice with different values.`);
      }
      if (warnings.length >= maxWarnings) continue;
      warnings.push({
        field: key.slice(0, 100),
        code: 'duplicate_key',
        message: 'The JSON holds this name twice with different values; the last one was used.',
      });
    }
  }
  if (scan.longNumber) value = JSON.parse(text, exactNumber as (key: string, value: unknown) => unknown);
  return { value, warnings };
}

function describeFault(text: string): { unreadable: Unreadable } {
  const { fault } = walkJson(text);
  if (!fault) return unreadable(400, 'malformed_json', 'The JSON cannot be parsed.');
  const before = text.slice(0, fault.offset);
  const line = before.split('\n').length;
  const column = fault.offset - before.lastIndexOf('\n');
  const excerpt = maskSecrets(text)
    .slice(Math.max(0, fault.offset - 30), fault.offset + 20)
    .toWellFormed();
  return unreadable(
    400,
    'malformed_json',
    `The JSON breaks at line ${line}, column ${column}, near ${JSON.stringify(excerpt)}. ${fault.hint}`,
  );
}
