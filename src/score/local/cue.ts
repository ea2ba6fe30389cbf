import type { Cues } from '../../domain/scorecard.ts';
import { isIntensifier, levelWords } from './heard-text.ts';
import { numberRange } from './number-range.ts';

/** Compiled cues; matches levelled text (heard-text.ts). Null when the list is empty. */
export type Cue = RegExp | null;

/**
 * Compiles cues of the pattern language (docs/scorecards.md) into one expression.
 * @throws CueError with the cue and what is wrong with it.
 */
export function compileCues(cues: Cues): Cue {
  if (cues.length === 0) return null;
  const sources = cues.map((cue) => {
    try {
      return cueSource(cue);
    } catch (error) {
      throw new CueError(cue, (error as Error).message);
    }
  });
  sources.forEach((source, i) => {
    if (new RegExp(`^(?:${source})(?= |$)`).test('')) throw new CueError(cues[i]!, 'it matches silence');
  });
  return new RegExp(`(?:${sources.join('|')})(?= |$)`);
}

/** A cue that cannot be read. */
export class CueError extends Error {
  readonly cue: string;

  constructor(cue: string, problem: string) {
    super(`cue "${cue}" cannot be read: ${problem}`);
    this.cue = cue;
  }
}

function cueSource(cue: string): string {
  let source = '';
  const open: string[] = [];
  const tokens = cue.match(/<n>|<\d+-\d+>|[()[\]|~]|[^()[\]|~<>\s]+/g) ?? [];
  let literal: string[] = [];
  const plain = () => {
    source += literalSource(literal);
    literal = [];
  };
  for (const token of tokens) {
    if (!/^(<[^>]+>|[()[\]|~])$/.test(token)) {
      literal.push(token);
      continue;
    }
    plain();
    if (token === '(' || token === '[') {
      open.push(token);
      source += '(?:';
    } else if (token === '|') {
      if (open.length === 0) throw new Error(`| stands outside of ( )`);
      source += '|';
    } else if (token === ')' || token === ']') {
      const start = open.pop();
      if (start !== (token === ')' ? '(' : '[')) throw new Error(`${token} closes nothing`);
      source += token === ')' ? ')' : ')?';
    } else if (token === '~') source += '(?: [^ ]+){0,5}?';
    else if (token === '<n>') source += ' \\d[\\d.]*';
    else {
      const [low, high] = token.slice(1, -1).split('-').map(Number);
      source += ` ${numberRange(low!, high!)}`;
    }
  }
  plain();
  if (open.length > 0) throw new Error(`${open.at(-1)} is not closed`);
  if (source === '') throw new Error(`holds no word`);
  return source;
}

/** Words without operators. Number words are levelled together: "twenty five" is one word of the levelled text. */
function literalSource(words: readonly string[]): string {
  if (words.some((word) => word.endsWith('*')))
    return words
      .map((word) =>
        word.endsWith('*') ? ` ${levelWords(word.slice(0, -1)).join(' ')}[a-z]*` : literalSource([word]),
      )
      .join('');
  const levelled = levelWords(words.join(' '));
  if (words.length === 1 && levelled.length === 0 && isIntensifier(words[0]!)) return '';
  if (words.length > 0 && levelled.length === 0)
    throw new Error(`"${words.join(' ')}" is a hesitation and never heard`);
  return levelled
    .map((word) => (/^[a-z]{4,}$/.test(word) && !word.endsWith('s') ? ` ${word}s?` : ` ${word}`))
    .join('');
}

/** The first match in levelled text, as place and length, or null. */
export function findCue(cue: Cue, text: string): { at: number; length: number } | null {
  const match = cue?.exec(text);
  return match ? { at: match.index, length: match[0].length } : null;
}

const global = new WeakMap<RegExp, RegExp>();

/** The same cue for a search from place to place; made once per cue. */
function everywhere(cue: RegExp): RegExp {
  const known = global.get(cue);
  if (known) return known;
  const made = new RegExp(cue.source, 'g');
  global.set(cue, made);
  return made;
}

/** All matches in levelled text, in order. */
export function findCues(cue: Cue, text: string): { at: number; length: number }[] {
  if (!cue) return [];
  return [...text.matchAll(everywhere(cue))].map((match) => ({
    at: match.index,
    length: match[0].length,
  }));
}

/**
 * The last match in levelled text that holds. A match that does not is looked into: "if they don't raise it, and no
 * medicaid" spans a negation under a condition and one that stands.
 */
export function findLastHolding(
  cue: Cue,
  text: string,
  holds: (match: { at: number; length: number }) => boolean,
): { at: number; length: number } | null {
  if (!cue) return null;
  const again = everywhere(cue);
  again.lastIndex = 0;
  let last: { at: number; length: number } | null = null;
  for (let found = again.exec(text); found; found = again.exec(text)) {
    const match = { at: found.index, length: found[0].length };
    if (holds(match)) last = match;
    else again.lastIndex = found.index + 1;
  }
  return last;
}

/** The last match in levelled text. */
export function findLastCue(cue: Cue, text: string): { at: number; length: number } | null {
  if (!cue) return null;
  let last: { at: number; length: number } | null = null;
  for (const match of text.matchAll(everywhere(cue))) last = { at: match.index, length: match[0].length };
  return last;
}
