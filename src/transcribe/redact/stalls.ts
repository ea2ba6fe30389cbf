import { matchTokens } from './match-tokens.ts';
import type { Token } from './tokens.ts';

/** What people say when something keeps them from going on with a number. */
const stall =
  /\b(?:hang on|hold on|hold up|wait|bear with me|excuse me|give me (?:a|one)|just a (?:second|sec|minute|moment)|(?:one|a) (?:second|sec|minute|moment)|let me|let's see|lost my place|where was i|where were we|start over|be quiet|hush|get down|something's|my (?:eyes|glasses|dog|cat|phone|battery)|i can't (?:see|read|make)|it's (?:smudged|faded|worn|rubbed|so small|tiny))\b/g;

/** What leads from one part of a number to the next: "he says sixty two", "and the end is". */
const lead =
  /\b(?:he|she|it|this|that|card|mine|one) (?:says|said|reads)\b|\b(?:the )?(?:end|rest|middle|beginning|first part|last part|next one|next part|next) is\b|\b(?:it )?(?:starts|begins|ends) with\b|\bafter that\b/g;

/**
 * Interruptions of an answer in parts, as token ranges: "t e five, hang on, the dog wants out". Each reaches to the next
 * number or the end of the turn, and says nothing about what the numbers around it are.
 */
export function findStalls(
  tokens: readonly Token[],
  numbers: readonly { from: number; to: number }[],
): { from: number; to: number }[] {
  const stalls = matchTokens(tokens, stall).map(({ from, to }) => {
    const next = numbers.filter((number) => number.from >= to).map((number) => number.from);
    return { from, to: Math.min(tokens.length, ...next) };
  });
  stalls.push(...matchTokens(tokens, lead));
  // "h r three, sorry, my grandson's here"
  const last = numbers.reduce((end, { to }) => Math.max(end, to), 0);
  const leaves = ['sorry', 'wait', 'oops'].includes(tokens[last]?.text ?? '');
  return leaves ? [...stalls, { from: last, to: tokens.length }] : stalls;
}
