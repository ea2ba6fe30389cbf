import type { Turn } from '../domain/transcript.ts';
import type { SearchLeaf, SearchPhrase, SearchWord } from './search-query.ts';
import { type FoundWord, placedWords } from './search-words.ts';

/** A word of a call in its place among all its words; one place is left free between turns. */
export type PlacedWord = FoundWord & { place: number; turn: number; speaker: Turn['speaker'] };

/** Which words of the call have the stem of a searched one; by PostgreSQL, whose stemmer made the index. */
export type SameStem = (word: string, searched: string) => boolean;

/** Every word of a call, in order, with its place as the index counts it. */
export function wordsOfCall(turns: Pick<Turn, 'text' | 'speaker'>[]): PlacedWord[] {
  let place = 0;
  return turns.flatMap(({ text, speaker }, turn) => {
    place += 1;
    return placedWords(text).map((found) => {
      place += 1;
      return { ...found, place, turn, speaker };
    });
  });
}

/** The words by which a call fulfils what was looked for; none where it does not. */
export function matchLeaf(leaf: SearchLeaf, words: PlacedWord[], sameStem: SameStem): PlacedWord[] {
  const heard = leaf.speaker === null ? words : words.filter(({ speaker }) => speaker === leaf.speaker);
  if (leaf.kind === 'word') return heard.filter(({ word }) => sameStem(word, leaf.text));
  if (leaf.kind === 'phrase') return findPhrase(leaf.words, heard).flat();
  return findNear(leaf, heard);
}

function findPhrase(phrase: SearchPhrase, words: PlacedWord[]): PlacedWord[][] {
  const places = new Map(words.map((word) => [word.place, word]));
  const [first] = phrase;
  if (!first) return [];
  return words
    .filter(({ word }) => isWord(word, first))
    .map((start) => phrase.map((_, i) => places.get(start.place + i)))
    .filter((run): run is PlacedWord[] => run.every((word, i) => word && isWord(word.word, phrase[i]!)));
}

function findNear(leaf: SearchLeaf & { kind: 'near' }, words: PlacedWord[]): PlacedWord[] {
  const lefts = findPhrase(leaf.left, words);
  const rights = findPhrase(leaf.right, words);
  const close = (before: PlacedWord[], after: PlacedWord[]) => {
    const gap = after[0]!.place - before.at(-1)!.place;
    return gap >= 1 && gap <= leaf.distance;
  };
  return lefts.flatMap((left) =>
    rights.flatMap((right) => (close(left, right) || close(right, left) ? [...left, ...right] : [])),
  );
}

function isWord(word: string, { text, prefix }: SearchWord): boolean {
  return prefix ? word.startsWith(text) : word === text;
}
