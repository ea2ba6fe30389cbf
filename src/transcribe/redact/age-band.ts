import type { DateRun } from './dates.ts';
import { findDates } from './find-dates.ts';
import { tokenize } from './tokens.ts';

/** Years in a band: enough to judge by, too little to know a person by. */
const years = 5;
const oldest = 110;

/**
 * The age that a birth date in words gives on a day, as a band of five years: `65-69`. A year alone is enough; two
 * digits are of the last hundred years.
 * @returns null where no year is said, or none in which a caller can be born
 */
export function ageBand(said: string, on: Date): string | null {
  const date = findDates(tokenize(said), new Set())[0];
  if (!date) return null;
  const full = date.birthYear ?? yearOf(date, on.getUTCFullYear());
  if (full === null) return null;
  const age = on.getUTCFullYear() - full;
  if (age < 0 || age > oldest) return null;
  const from = Math.floor(age / years) * years;
  return `${from}-${from + years - 1}`;
}

/** The year is said last; in two digits, after a day and a month or on its own. */
function yearOf({ numbers, digits, ordinals }: DateRun, now: number): number | null {
  const alone = numbers.length === 1 && ordinals === 0 && digits.length === 2;
  if (numbers.length < 3 && !alone) return null;
  const year = Math.floor(now / 100) * 100 + Number(digits.slice(-2));
  return year > now ? year - 100 : year;
}
