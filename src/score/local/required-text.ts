import type { HeardCall } from './heard-call.ts';
import { type HeardTurn, levelWords } from './heard-text.ts';

/** How much of a text stands in what one side read out, and in which turns. `share` 0..1. */
export type ReadAloud = { share: number; turns: HeardTurn[] };

/** From this share of its words on, a text was read out; below `partly`, it was not. */
export const readAloudFrom = { whole: 0.6, partly: 0.3 };

const carriesNothing = new Set(
  'a an the of to in on at for and or but is are be was were been it its this that these those we i you your our us do does will may can with by from as any all so not no if have has please get there here they them more out'.split(
    ' ',
  ),
);

/** Turns that a reading may take: the listener's "mm hm" parts it. */
const span = 3;

/**
 * Looks for a compliance text in the agent's words: the share of its telling words that stand close together in at
 * most three of his turns, recorded announcements included. Fillers between them, another order, and words that
 * speech recognition got wrong by a letter or two do no harm.
 */
export function findReadAloud(required: string, call: HeardCall): ReadAloud {
  const wanted = [...new Set(telling(levelWords(required)))];
  const own = call.turns.filter(({ speaker }) => speaker !== 'caller');
  const heard = own.map(({ text }) => telling(text.split(' ').slice(1)));
  let best: ReadAloud = { share: 0, turns: [] };
  if (wanted.length === 0) return best;
  own.forEach((turn, from) => {
    const found = new Set<string>();
    const turns: HeardTurn[] = [];
    for (let i = from; i < own.length && own[i]!.index - turn.index < 2 * span; i++) {
      const fresh = wanted.filter((word) => !found.has(word) && heard[i]!.some((said) => alike(said, word)));
      if (fresh.length === 0) continue;
      turns.push(own[i]!);
      for (const word of fresh) found.add(word);
      if (turns.length === span) break;
    }
    const share = found.size / wanted.length;
    // the shorter stretch of two that say as much
    if (share > best.share || (share === best.share && turns.length < best.turns.length))
      best = { share, turns };
  });
  return best;
}

function telling(words: readonly string[]): string[] {
  return words.filter((word) => !carriesNothing.has(word));
}

/** The same word, or one within the errors of recognition: one letter in four, two at most. */
function alike(said: string, wanted: string): boolean {
  if (said === wanted) return true;
  const most = Math.min(2, Math.floor(wanted.length / 4));
  if (/\d/.test(wanted) || most === 0 || Math.abs(said.length - wanted.length) > most) return false;
  // a recogniser seldom misses the first letter, and most words differ there
  return said[0] === wanted[0] && distance(said, wanted) <= most;
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
