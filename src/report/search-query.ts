import type { Speaker } from '../domain/transcript.ts';
import { InvalidQuery } from './invalid-query.ts';
import { searchWords } from './search-words.ts';

/** One word of a phrase; with `prefix`, any word that begins so. */
export type SearchWord = { text: string; prefix: boolean };

/** Words that follow each other. */
export type SearchPhrase = SearchWord[];

/**
 * What is looked for. `word` finds all forms of a word, `phrase` the words exactly as said (a prefix is a phrase
 * of one), `near` two phrases at most `distance` words apart, in either order. `speaker` null: whoever says it.
 */
export type SearchLeaf =
  | { kind: 'word'; text: string; speaker: Speaker | null }
  | { kind: 'phrase'; words: SearchPhrase; speaker: Speaker | null }
  | { kind: 'near'; left: SearchPhrase; right: SearchPhrase; distance: number; speaker: Speaker | null };

export type SearchNode =
  | SearchLeaf
  | { kind: 'and'; parts: SearchNode[] }
  | { kind: 'or'; parts: SearchNode[] }
  | { kind: 'not'; part: SearchNode };

type Token =
  | { kind: 'open' | 'close' | 'or' | 'not' }
  | { kind: 'near'; distance: number }
  | { kind: 'speaker'; speaker: Speaker }
  | { kind: 'words'; words: SearchPhrase; quoted: boolean };

const longest = 1_000;
const mostTerms = 50;
const farthest = 50;
const usualDistance = 10;
const pattern = /\s*(?:([()])|(caller|agent|ivr):|"([^"]*)("?)|(-)(?=[^\s-])|([^\s()"]+))/giy;

/**
 * Reads a search: words (all must be there), "a phrase", `begin*`, `a NEAR/5 b`, `OR`, `-not`, parentheses, and
 * `caller:` or `agent:` before any of them.
 * @throws InvalidQuery saying what cannot be read
 */
export function parseSearch(text: string, field = 'q'): SearchNode {
  if (text.length > longest) throw new InvalidQuery(field, `A search has at most ${longest} characters.`);
  const tokens = tokenize(text.replaceAll('\0', ' '));
  if (tokens.filter(({ kind }) => kind === 'words').length > mostTerms)
    throw new InvalidQuery(field, `A search has at most ${mostTerms} words and phrases.`);
  const reader = { tokens, at: 0, field };
  const found = readOr(reader, null);
  if (reader.at < tokens.length) throw new InvalidQuery(field, 'A closing parenthesis has no opening one.');
  if (!found || !hasPositive(found)) {
    throw new InvalidQuery(
      field,
      found ? 'Say also what must be said on the call, not only what must not.' : 'Nothing to look for.',
    );
  }
  return found;
}

/** All that is looked for, without what must not be said: what a hit is highlighted by. */
export function positiveLeaves(node: SearchNode): SearchLeaf[] {
  if (node.kind === 'not') return [];
  if (node.kind === 'and' || node.kind === 'or') return node.parts.flatMap(positiveLeaves);
  return [node];
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(pattern)) {
    const [, bracket, speaker, quoted, , minus, bare] = match;
    if (bracket) tokens.push({ kind: bracket === '(' ? 'open' : 'close' });
    else if (speaker) tokens.push({ kind: 'speaker', speaker: speaker.toLowerCase() as Speaker });
    else if (minus) tokens.push({ kind: 'not' });
    else if (quoted !== undefined) {
      const words = quoted.split(/\s+/).flatMap(toWords);
      if (words.length > 0) tokens.push({ kind: 'words', words, quoted: true });
    } else if (bare) tokens.push(...readBare(bare));
  }
  return tokens;
}

function readBare(bare: string): Token[] {
  if (bare === 'OR' || bare === '|') return [{ kind: 'or' }];
  if (bare === 'NOT') return [{ kind: 'not' }];
  if (bare === 'AND') return [];
  const near = /^NEAR(?:\/(\d{1,4}))?$/.exec(bare);
  if (near) return [{ kind: 'near', distance: Number(near[1] ?? usualDistance) }];
  const words = toWords(bare);
  // `e-mail` was said as two words that follow each other
  return words.length > 0 ? [{ kind: 'words', words, quoted: words.length > 1 }] : [];
}

function toWords(text: string): SearchPhrase {
  const words = searchWords(text);
  return words.map((word, i) => ({ text: word, prefix: text.endsWith('*') && i === words.length - 1 }));
}

type Reader = { tokens: Token[]; at: number; field: string };

function readOr(reader: Reader, speaker: Speaker | null): SearchNode | null {
  const parts: SearchNode[] = [];
  for (;;) {
    const part = readAnd(reader, speaker);
    if (part) parts.push(part);
    if (reader.tokens[reader.at]?.kind !== 'or') return join('or', parts);
    reader.at += 1;
  }
}

function readAnd(reader: Reader, speaker: Speaker | null): SearchNode | null {
  const parts: SearchNode[] = [];
  for (;;) {
    const token = reader.tokens[reader.at];
    if (!token || token.kind === 'or' || token.kind === 'close') return join('and', parts);
    const part = readOne(reader, speaker);
    if (part) parts.push(part);
  }
}

function readOne(reader: Reader, speaker: Speaker | null): SearchNode | null {
  const token = reader.tokens[reader.at++];
  switch (token?.kind) {
    case 'not': {
      const part = readOne(reader, speaker);
      return part && { kind: 'not', part };
    }
    case 'speaker':
      return readOne(reader, token.speaker);
    case 'open': {
      const inner = readOr(reader, speaker);
      if (reader.tokens[reader.at]?.kind !== 'close')
        throw new InvalidQuery(reader.field, 'An opening parenthesis has no closing one.');
      reader.at += 1;
      return inner;
    }
    case 'words':
      return readNears(token, reader, speaker);
    case 'near':
      throw new InvalidQuery(reader.field, 'NEAR stands between two words or phrases: solar NEAR/5 quote.');
    default:
      return null;
  }
}

/** `a NEAR/5 b NEAR/5 c`: each next to the one before. */
function readNears(first: Token & { kind: 'words' }, reader: Reader, speaker: Speaker | null): SearchNode {
  const pairs: SearchNode[] = [];
  let left = first;
  for (;;) {
    const near = reader.tokens[reader.at];
    if (near?.kind !== 'near') break;
    const right = reader.tokens[reader.at + 1];
    if (right?.kind !== 'words')
      throw new InvalidQuery(reader.field, 'NEAR stands between two words or phrases: solar NEAR/5 quote.');
    if (near.distance < 1 || near.distance > farthest)
      throw new InvalidQuery(reader.field, `NEAR reaches from 1 to ${farthest} words.`);
    pairs.push({ kind: 'near', left: left.words, right: right.words, distance: near.distance, speaker });
    reader.at += 2;
    left = right;
  }
  return join('and', pairs) ?? toLeaf(first, speaker);
}

function toLeaf({ words, quoted }: Token & { kind: 'words' }, speaker: Speaker | null): SearchLeaf {
  const [word] = words;
  if (words.length === 1 && word && !quoted && !word.prefix)
    return { kind: 'word', text: word.text, speaker };
  return { kind: 'phrase', words, speaker };
}

function join(kind: 'and' | 'or', parts: SearchNode[]): SearchNode | null {
  const [first] = parts;
  return parts.length > 1 ? { kind, parts } : (first ?? null);
}

/** Whether every call that fits says something that is asked for: only then an index can find it. */
function hasPositive(node: SearchNode): boolean {
  if (node.kind === 'not') return false;
  if (node.kind === 'and') return node.parts.some(hasPositive);
  if (node.kind === 'or') return node.parts.every(hasPositive);
  return true;
}
