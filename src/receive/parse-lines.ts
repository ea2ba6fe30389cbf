import { limits } from './limits.ts';
import { type ParsedJson, parseJson } from './parse-json.ts';
import { type Unreadable, unreadable } from './unreadable.ts';

/** One line of NDJSON: its text, and what it holds or what is wrong with it. */
export type Line = { text: string; parsed: ParsedJson };

function isObjectText(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

function inLine(number: number, parsed: ParsedJson): ParsedJson {
  if (!('unreadable' in parsed)) return parsed;
  const { status, code, detail } = parsed.unreadable;
  return unreadable(status, code, `Line ${number} of the body: ${detail}`);
}

/**
 * The lines of a body with one JSON object a line, each read by itself, so that a broken one spoils no other; null where
 * the body is something else: one JSON text over several lines, or with something after its end. `isDeclared`: the header
 * says NDJSON, so that a line may be cut off, and even all may be broken.
 */
export function parseLines(text: string, isDeclared: boolean): Line[] | { unreadable: Unreadable } | null {
  const whole = text.trim();
  const end = whole.search(/[\n\r]/);
  if (end === -1 || (!isDeclared && whole[whole.slice(0, end).trimEnd().length - 1] !== '}')) return null;
  const lines = whole
    .split(/\r\n|[\n\r]/)
    .map((line, index) => ({ number: index + 1, text: line.trim() }))
    .filter((line) => line.text !== '');
  if (!lines.every((line) => line.text.startsWith('{') && (isDeclared || line.text.endsWith('}'))))
    return null;
  if (!isDeclared && !lines.some((line) => isObjectText(line.text))) return null;
  if (lines.length > limits.items) {
    return unreadable(413, 'too_many_items', `More than ${limits.items} events were sent in one request.`);
  }
  return lines.map((line) => ({ text: line.text, parsed: inLine(line.number, parseJson(line.text)) }));
}
