import type { SearchHitBody } from '../contract/search.ts';
import type { Turn } from '../domain/transcript.ts';
import { matchLeaf, type PlacedWord, type SameStem, wordsOfCall } from './search-match.ts';
import type { SearchLeaf } from './search-query.ts';
import { searchWords } from './search-words.ts';

type Snippet = SearchHitBody['snippets'][number];

const shown = 3;
/** Characters around the first and the last word found in a turn. */
const around = 90;
const longest = 320;

/** Where a call says what was looked for: the first turns, with the words found marked and the second to jump to. */
export function makeSnippets(
  turns: Turn[],
  leaves: SearchLeaf[],
  sameStem: SameStem,
): { hits: number; snippets: Snippet[] } {
  const words = wordsOfCall(turns);
  const found = new Set(leaves.flatMap((leaf) => matchLeaf(leaf, words, sameStem)));
  const byTurn = Map.groupBy(
    [...found].sort((a, b) => a.place - b.place),
    ({ turn }) => turn,
  );
  const snippets = [...byTurn].slice(0, shown).map(([turn, hits]) => toSnippet(turns[turn]!, turn, hits));
  return { hits: found.size, snippets };
}

function toSnippet(turn: Turn, index: number, hits: PlacedWord[]): Snippet {
  const first = hits[0]!;
  const start = wordStart(turn.text, first.from - around);
  const end = wordEnd(turn.text, Math.min(start + longest, Math.max(hits.at(-1)!.to + around, first.to)));
  const pieces: Snippet['pieces'] = [];
  let at = start;
  for (const { from, to } of hits.filter((hit) => hit.to <= end)) {
    if (from > at) pieces.push({ text: turn.text.slice(at, from), hit: false });
    pieces.push({ text: turn.text.slice(from, to), hit: true });
    at = to;
  }
  if (at < end) pieces.push({ text: turn.text.slice(at, end), hit: false });
  if (start > 0) pieces.unshift({ text: '…', hit: false });
  if (end < turn.text.length) pieces.push({ text: '…', hit: false });
  return { turn: index, speaker: turn.speaker, start: momentOf(turn, first), pieces };
}

/** The time of the word, where the engine gave times; else where its turn begins. */
function momentOf(turn: Turn, hit: PlacedWord): number {
  const before = searchWords(turn.text.slice(0, hit.from)).length;
  let counted = 0;
  for (const word of turn.words) {
    counted += searchWords(word.text).length;
    if (counted > before) return word.start;
  }
  return turn.start;
}

function wordStart(text: string, at: number): number {
  if (at <= 0) return 0;
  const space = text.indexOf(' ', at);
  return space < 0 ? at : space + 1;
}

function wordEnd(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const space = text.lastIndexOf(' ', at);
  return space < 0 ? at : space;
}
