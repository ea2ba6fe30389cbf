import type { RunPart } from './card-digits.ts';
import type { Token } from './tokens.ts';

/** Ordinary words that sound exactly like a digit. */
const same = new Set('to too for fore won ate'.split(' '));
/** What recognisers write for a digit that they did not catch. */
const near = new Set(
  'tu free tree three fine hive hi high sex sick six fix heaven seven hate aid eight nigh night nine line hero zero oh owe one two four five'.split(
    ' ',
  ),
);

/** True for a spoken digit, and for a word that recognisers put in the place of one. */
export const mayBeDigit = (word: string): boolean => same.has(word) || near.has(word) || /^\d+$/.test(word);

/**
 * A number with the words at its edges that sound like digits: the first and the last digit are misheard more often
 * than those between others. What leads to the number ("that was for four one…") goes with it.
 */
export function withSoundAlikes(
  part: Pick<RunPart, 'from' | 'to'>,
  tokens: readonly Token[],
): { from: number; to: number } {
  let { from, to } = part;
  // figures are written by engines that hear whole numbers
  if (tokens.slice(from, to).some((token) => /\d/.test(token.text))) return { from, to };
  while (from > 0 && same.has(tokens[from - 1]!.text)) from -= 1;
  if (to === tokens.length - 1 && same.has(tokens[to]!.text)) to += 1;
  return { from, to };
}
