/** Anything with a place in the recording, in seconds. */
type Span = { start: number; end: number };

/**
 * Index of the last span that has started at `seconds`, or -1 before the first. Spans are in order of start;
 * in a pause the one just spoken stays current.
 */
export function spanAt(spans: readonly Span[], seconds: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.start ?? Number.POSITIVE_INFINITY) <= seconds) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The turn and the word being said at a time; -1 where there is none. */
export type Moment = { turn: number; word: number };

export function momentAt(turns: readonly (Span & { words: readonly Span[] })[], seconds: number): Moment {
  const turn = spanAt(turns, seconds);
  const words = turns[turn]?.words ?? [];
  const word = spanAt(words, seconds);
  // past a word's end nothing is being said
  return { turn, word: (words[word]?.end ?? Number.NEGATIVE_INFINITY) > seconds ? word : -1 };
}

/** A place in the recording as it stands in an address: to a tenth of a second, never before it began. */
export function momentOf(start: number): number {
  return Math.ceil(Number((start * 10).toFixed(6))) / 10;
}
