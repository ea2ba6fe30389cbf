/** What there is to fold. */
export type Marked = {
  /** Marked hours in all. */
  hours: number;
  /** The newest mark: another one than at the last look says that calls still arrive. */
  newest: string | null;
  /** Calls of those hours that the next fold would sum. */
  calls: number;
};

/** While calls arrive, folding takes at most one part in so many of the time. */
const share = 20;
/** A guess until the first fold: milliseconds for a call. */
const firstGuess = 0.1;

/**
 * When marked hours are folded. An hour is summed from all its calls, so what the next fold will cost is told by how
 * many those are, not by how long the last one took: in a busy hour each fold costs more than the one before. Folding
 * waits until that much time has passed many times over; half of the time is its own when nothing arrives, or when
 * more hours are marked than reports can do without.
 * @param mostMarks so many marked hours reports can do without
 */
export function createFoldPace(mostMarks: number) {
  let endedAt = Number.NEGATIVE_INFINITY;
  let msPerCall = firstGuess;
  let seen: string | null = null;
  return {
    /** @param now ms by a clock that only rises */
    isDue(marked: Marked, now: number): boolean {
      const isQuiet = marked.newest === seen;
      seen = marked.newest;
      if (marked.hours === 0) return false;
      const rest = isQuiet || marked.hours > mostMarks ? 1 : share;
      return now - endedAt >= rest * msPerCall * marked.calls;
    },
    /** A fold of so many calls has ended. */
    folded(calls: number, tookMs: number, now: number): void {
      endedAt = now;
      // of a handful of calls the fixed cost of a transaction is most
      if (calls > 100) msPerCall = tookMs / calls;
    },
    /** How long to leave the marks alone: looking takes its share of the time, too. */
    untilNextLook: (lookMs: number, leastMs: number) => Math.max(leastMs, lookMs * share),
  };
}
