import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { type ScorecardFile, scorecardFile } from './scorecard-shape.ts';

/** A fault in a scorecard file: where, what, and what to do about it. */
export type ScorecardFault = { file: string; line: number; problem: string; fix: string };

/** The line of a part of the document, or of the nearest part around it that is there. */
export type LineOf = (path: PropertyKey[]) => number;

/** A file as written, or null with its faults. */
export type ReadScorecard = { file: ScorecardFile | null; lineOf: LineOf; faults: ScorecardFault[] };

/**
 * Reads the YAML of one scorecard by itself, without the shared part.
 * @param name how faults name the file
 */
export function readScorecard(text: string, name: string): ReadScorecard {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineOf: LineOf = (path) => {
    for (let length = path.length; length >= 0; length--) {
      const node = document.getIn(path.slice(0, length), true) as
        | { range?: [number, number, number] }
        | undefined;
      if (node?.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  if (document.errors.length > 0) {
    const faults = document.errors.map((error) => ({
      file: name,
      line: error.linePos?.[0].line ?? 1,
      problem: error.message.split('\n')[0]!,
      fix: 'check the indent and the quotes of this line and the one above; text with ": ", " #" or a leading [ needs quotes',
    }));
    return { lineOf, file: null, faults };
  }
  const parsed = scorecardFile.safeParse(document.toJS());
  if (parsed.success) return { lineOf, file: parsed.data, faults: [] };
  const faults = parsed.error.issues.map((issue) => ({
    file: name,
    line: lineOf([...issue.path, ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])]),
    problem: `${issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''}${issue.message}`,
    fix: fixOf(issue),
  }));
  return { lineOf, file: null, faults };
}

function fixOf(issue: z.core.$ZodIssue): string {
  const last = String(issue.path.at(-1) ?? 'the file');
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => nearest(key, keysAt(issue.path)) ?? `remove ${key}`).join('; ');
    case 'invalid_value':
      return `write one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_type':
      return issue.input === undefined ? `add ${last}:` : `write ${last} as ${issue.expected}`;
    case 'too_small':
      return `give ${last} a value`;
    default:
      return `correct ${last}; docs/scorecards.md describes it`;
  }
}

/** Keys that the format knows at a place: found by asking the schema about an object with none. */
function keysAt(path: PropertyKey[]): string[] {
  let schema: unknown = scorecardFile;
  for (const step of [...path, null]) {
    schema = unwrap(schema);
    const { shape, element, valueType } = (schema ?? {}) as Record<
      string,
      Record<string, unknown> | undefined
    >;
    if (step === null) return Object.keys(shape ?? {});
    schema = shape ? shape[String(step)] : (element ?? valueType);
  }
  return [];
}

function unwrap(schema: unknown): unknown {
  const wrapped = schema as { unwrap?: () => unknown; element?: unknown } | undefined;
  return wrapped?.unwrap && wrapped.element === undefined ? unwrap(wrapped.unwrap()) : schema;
}

function nearest(key: string, known: string[]): string | null {
  const found = known
    .map((name) => ({ name, far: distance(key, name) }))
    .filter(({ far }) => far <= Math.max(1, key.length / 3))
    .sort((a, b) => a.far - b.far)[0];
  return found
    ? `${key}: write ${found.name}`
    : known.length > 0
      ? `${key}: use one of ${known.join(', ')}`
      : null;
}

/** Changes of one letter, two swapped neighbours counting as one. */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array<number>(b.length).fill(0)]);
  for (let j = 0; j <= b.length; j++) rows[0]![j] = j;
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      rows[i]![j] = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, rows[i - 1]![j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        rows[i]![j] = Math.min(rows[i]![j]!, rows[i - 2]![j - 2]! + 1);
    }
  return rows[a.length]![b.length]!;
}
