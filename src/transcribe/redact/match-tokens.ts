import type { Token } from './tokens.ts';

/** Where a pattern over the space-joined words matches, as token ranges. */
export function matchTokens(tokens: readonly Token[], pattern: RegExp): { from: number; to: number }[] {
  const starts: number[] = [];
  let joined = '';
  for (const token of tokens) {
    starts.push(joined.length);
    joined += `${token.text} `;
  }
  return [...joined.matchAll(pattern)].map((match) => {
    const end = match.index + match[0].trimEnd().length;
    const from = starts.findLastIndex((start) => start <= match.index);
    return { from, to: starts.findLastIndex((start) => start < end) + 1 };
  });
}
