import type { Speaker } from '../domain/transcript.ts';

/** A word as it is searched for, with its place in the text that it was taken from. */
export type FoundWord = { word: string; from: number; to: number };

const separators = /[\s!-/:-@[-`{-~“”„‘–—…¿¡]+/;
const apostrophes = /['’]/g;

/** How the index marks whose words they are (tsvector weights), as in 0013_transcript_search.sql. */
export const speakerWeights: Record<Speaker, 'A' | 'B' | 'C' | 'D'> = {
  caller: 'A',
  agent: 'B',
  ivr: 'C',
  unknown: 'D',
};

/**
 * The words of a text, as the index of transcripts holds them: lower case, apostrophes gone, cut at every other
 * sign. The same rule is aria_search_text in 0013_transcript_search.sql.
 */
export function searchWords(text: string): string[] {
  return text.toLowerCase().replaceAll(apostrophes, '').split(separators).filter(Boolean);
}

/** The same words with the stretch of the text that each stands for, for highlighting. */
export function placedWords(text: string): FoundWord[] {
  const found: FoundWord[] = [];
  for (const match of text.matchAll(/[^\s!-&(-/:-@[-`{-~“”„‘–—…¿¡]+/g)) {
    const word = match[0].toLowerCase().replaceAll(apostrophes, '');
    if (word) found.push({ word, from: match.index, to: match.index + match[0].length });
  }
  return found;
}
