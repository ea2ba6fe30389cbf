import type { DigitRun } from './digit-runs.ts';
import type { Surroundings } from './judge-card.ts';
import type { ReadTurn } from './read-turn.ts';

const endingWords =
  /\b(?:ending|ends|ended|finishing|finishes)(?: (?:in|with|on))?(?: the)?(?: numbers| digits)? $|\blast (?:four|4)(?: digits| numbers)?(?: (?:is|are|being|of|as|was))? $/;

/** What stands right before a run of digits, and how it is written. */
export function surroundingsOf(
  run: DigitRun,
  { tokens, text }: ReadTurn,
): Pick<Surroundings, 'ending' | 'lettered' | 'hyphened'> {
  const before = tokens.slice(Math.max(0, run.from - 5), run.from).map((token) => `${token.text} `);
  const [first, last] = [tokens[run.from]!, tokens[run.to - 1]!];
  return {
    ending: endingWords.test(before.join('')),
    lettered: /^[b-hj-z] $/.test(before.at(-1) ?? ''),
    hyphened: /^\d{3}[-–]\d{2}[-–]\d{4}$/.test(text.slice(first.from, last.to)),
  };
}

/** The month, or the year, of an expiry said as `seven of twenty eight`. */
export function isOfYear(run: DigitRun, { tokens, runs }: ReadTurn): boolean {
  const isOf = (at: number) => tokens[at]?.text === 'of';
  const year = isOf(run.to) ? runs.find((other) => other.from === run.to + 1) : run;
  const month = isOf(run.to) ? run : runs.find((other) => other.to === run.from - 1 && isOf(other.to));
  if (!month || !year || month === year) return false;
  return Number(month.digits) <= 12 && /^(?:20)?(?:2[4-9]|3\d)$/.test(year.groups[0]!.digits);
}
