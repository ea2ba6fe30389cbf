import { monthOf } from './months.ts';
import type { Token } from './tokens.ts';

/** A date or a part of one, as said: `april the ninth nineteen fifty five`, `six, eleven, ninety-one`, `04/09/1955`. */
export type DateRun = {
  from: number;
  to: number;
  /** Month by name. */
  month: number | null;
  /** Every number in it, month by name included, in the order said: days, months and two-digit pieces of years. */
  numbers: string[];
  /** Digits of the number words and figures alone. */
  digits: string;
  ordinals: number;
  /** A four-digit year of the past century's births, or null. */
  birthYear: number | null;
  /** An age that fits the year stands before it: "sixty six, two two fifty nine". */
  afterAge: boolean;
};

/** Words between the parts of a date. */
export const dateJoiners = new Set('of the and in day eve month year slash dash um uh comma'.split(' '));

/** What leads to a month that is said alone: "it's march", "born in june", "i think october". */
const monthLeads = new Set("in is it's its on of be was born think around birthday yeah yes okay".split(' '));

/** A month at the end of what is said, where a day would follow: "well i was born in march the". */
export function breaksOff({ from, to }: { from: number; to: number }, tokens: readonly Token[]): boolean {
  const before = tokens[from - 1];
  const after = tokens.slice(to);
  return (!before || monthLeads.has(before.text)) && after.every((token) => dateJoiners.has(token.text));
}

/**
 * Where a month stands that belongs to a date after it, with a day between them that was not understood: "march for
 * teen nineteen sixty two". @returns the date's own beginning where there is none
 */
export function fromMonth(
  date: DateRun,
  { tokens, dates }: { tokens: readonly Token[]; dates: readonly DateRun[] },
): number {
  if (date.month !== null) return date.from;
  for (let at = date.from - 1; at >= Math.max(0, date.from - mostMisheard - 1); at -= 1) {
    // "december, she's two years older": the month has its day already
    if (dates.some((other) => other !== date && other.from <= at && at < other.to)) return date.from;
    if (monthOf.has(tokens[at]!.text)) return at;
  }
  return date.from;
}

/** Words that a misheard day may become. */
const mostMisheard = 3;

/** How many of day, month and year a date names, 0 to 3, and whether the numbers can be a date at all. */
export function dateParts(date: DateRun): number {
  if (date.month !== null) {
    const rest = date.digits;
    if (rest.length === 0) return 1;
    // "march fourteenth nineteen" was cut off
    if (rest.length <= 2 || (date.numbers.length > 2 && date.numbers.at(-1) === '19')) return 2;
    return rest.length <= 6 ? 3 : 0;
  }
  if (date.ordinals >= 2) return date.numbers.length > 2 ? 3 : 2;
  // "nineteen sixty six" is a year, "one nine sixty six" a date
  if (date.birthYear !== null && date.digits.length === 4 && date.numbers.length <= 2) return 1;
  if (date.digits.length > 8 || date.digits.length < 3) return date.digits.length > 8 ? 0 : 1;
  return numericDates(date).length > 0 ? 3 : date.birthYear ? 1 : 0;
}

/** A year of somebody's birth, as it stands first in `1955-04-09`. */
export const yearFirst = /^(?:19\d\d|20[01]\d)$/;

/** Readings of bare numbers as `month-day-year` or `day-month-year`: `twelve twenty five forty nine`, `05011950`. */
export function numericDates(date: DateRun): { month: number; day: number; year: number }[] {
  const { digits, numbers } = date;
  if (numbers.length === 3 && yearFirst.test(numbers[0]!)) {
    const [year, month, day] = numbers.map(Number) as [number, number, number];
    return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? [{ month, day, year }] : [];
  }
  const readings = [1, 2].flatMap((first) =>
    [1, 2].flatMap((second) => {
      const [a, b, rest] = [
        digits.slice(0, first),
        digits.slice(first, first + second),
        digits.slice(first + second),
      ];
      if (!/^(\d\d|19\d\d|20[01]\d)$/.test(rest)) return [];
      const [x, y, year] = [Number(a), Number(b), Number(rest)];
      return [
        { month: x, day: y, year },
        { month: y, day: x, year },
      ];
    }),
  );
  return readings.filter(({ month, day }) => month >= 1 && month <= 12 && day >= 1 && day <= 31);
}

/** True when two dates name the same day and month, in either order, whatever is said of the year. */
export function sameDay(a: DateRun, b: DateRun): boolean {
  const pairs = dayPairs(a);
  return dayPairs(b).some((pair) => pairs.includes(pair));
}

function dayPairs(date: DateRun): string[] {
  if (date.month !== null || date.ordinals >= 2) {
    const small = date.numbers.map(Number).filter((number) => number <= 31);
    return small.length < 2 ? [] : [[small[0]!, small[1]!].sort((x, y) => x - y).join('/')];
  }
  return numericDates(date).map(({ month, day }) => [month, day].sort((x, y) => x - y).join('/'));
}
