import { type Document, type ErrorCode, LineCounter, parseDocument } from 'yaml';
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
  const unreadable = yamlFaults(document, text, name, lines);
  if (unreadable.length > 0) return { lineOf, file: null, faults: unreadable };
  const plain = toPlain(document);
  if (typeof plain.problem === 'string') {
    const fix = 'write the value itself in each place, without & and *';
    const at = text.split('\n').findIndex((line) => /(^|[\s[{:,-])\*\S/.test(line));
    return { lineOf, file: null, faults: [{ file: name, line: at + 1 || 1, problem: plain.problem, fix }] };
  }
  const parsed = scorecardFile.safeParse(plain.value, { reportInput: true });
  if (parsed.success) return { lineOf, file: parsed.data, faults: repeated(parsed.data, name, lineOf) };
  const faults = parsed.error.issues.map((issue) => ({
    file: name,
    line: lineOf([...issue.path, ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])]),
    problem: `${issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''}${issue.message}`,
    fix: fixOf(issue),
  }));
  return { lineOf, file: null, faults };
}

/** What is no YAML, the first fault of each line: one slip makes the parser complain several times. */
function yamlFaults(document: Document, text: string, file: string, lines: LineCounter): ScorecardFault[] {
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    const fix = 'remove it, or save the file anew as UTF-8';
    return [{ file, line: lines.linePos(nul).line, problem: 'a NUL character stands in the text', fix }];
  }
  const first = new Map<number, ScorecardFault>();
  for (const { linePos, message, code } of document.errors) {
    const line = linePos?.[0].line ?? 1;
    const problem = message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '');
    if (!first.has(line)) first.set(line, { file, line, problem, fix: yamlFixes[code] ?? quotesAndIndent });
  }
  return [...first.values()].slice(0, mostYamlFaults);
}

/** Aliases that name nothing, or blow up, are only seen when they are followed. */
function toPlain(document: Document): { value?: unknown; problem?: string } {
  try {
    return { value: document.toJS() };
  } catch (error) {
    if (error instanceof ReferenceError) return { problem: error.message };
    throw error;
  }
}

/** What must be there once in a file: of two, one would silently count. */
function repeated({ criteria, policy }: ScorecardFile, file: string, lineOf: LineOf): ScorecardFault[] {
  const among = (part: 'criteria' | 'policy', what: string, ids: string[]) =>
    ids.flatMap((id, at) => {
      const before = ids.indexOf(id);
      if (before === at) return [];
      const line = lineOf([part, at]);
      const problem = `${part}.${at}: the ${what} ${id} is there already, in line ${lineOf([part, before])}`;
      return [{ file, line, problem, fix: 'give one of them another id, or remove it' }];
    });
  return [...among('criteria', 'criterion', idsOf(criteria)), ...among('policy', 'rule', idsOf(policy))];
}

function idsOf(parts: readonly { id: string }[]): string[] {
  return parts.map(({ id }) => id);
}

const mostYamlFaults = 10;
const quotesAndIndent =
  'check the indent and the quotes of this line and the one above; text with ": ", " #" or a leading [ needs quotes';
const yamlFixes: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: 'indent by spaces, as the lines around it',
  DUPLICATE_KEY: 'remove one of the two',
  MULTIPLE_DOCS: 'one scorecard a file: remove the --- and what follows',
};

function fixOf(issue: z.core.$ZodIssue): string {
  const step = issue.path.at(-1);
  const last = typeof step === 'number' ? 'this entry' : String(step ?? 'the file');
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => nearest(key, keysAt(issue.path)) ?? `remove ${key}`).join('; ');
    case 'invalid_value':
      return `write one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_type':
      if (step === undefined) return 'begin with id: …, as in docs/scorecards.md';
      return issue.input === undefined
        ? `add ${last}:`
        : `write ${last} as ${typeWords[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return issue.origin === 'number'
        ? `write a number ${issue.inclusive ? 'of at least' : 'above'} ${issue.minimum}`
        : `give ${last} a value, or remove it`;
    default:
      return `correct ${last}; docs/scorecards.md describes it`;
  }
}

const typeWords: Record<string, string> = {
  boolean: 'true or false, without quotes',
  number: 'a number, without quotes',
  string: 'text; in quotes where it could be read as something else',
  array: 'a list: [ … ], or one - a line',
  object: 'keys with values, indented under it',
};

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
