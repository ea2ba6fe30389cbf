import { monthOf } from './months.ts';
import { findNumbers } from './number-words.ts';
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

const joiners = new Set('of the and in day month year slash dash um uh comma'.split(' '));

/** What leads to a month that is said alone: "it's march", "born in june", "i think october". */
const monthLeads = new Set("in is it's its on of be was born think around birthday yeah yes okay".split(' '));

/** "May I", "it may be": no month. */
const afterVerb = new Set('i we you he she they it be not have need'.split(' '));

type Piece = { from: number; to: number; digits: string; ordinal: boolean; month: number | null };

/** Dates in a text. A run of numbers alone counts too: whether it is a date is for the context to say. */
export function findDates(tokens: readonly Token[], skip: ReadonlySet<number>): DateRun[] {
  const months: Piece[] = tokens.flatMap((token, index) => {
    const isVerb = token.text === 'may' && afterVerb.has(tokens[index + 1]?.text ?? '');
    const month = skip.has(index) || isVerb ? undefined : monthOf.get(token.text);
    return month ? [{ from: index, to: index + 1, digits: '', ordinal: false, month }] : [];
  });
  const numbers: Piece[] = findNumbers(tokens, skip).map((group) => ({ ...group, month: null }));
  const pieces = [...months, ...numbers].sort((a, b) => a.from - b.from);
  const runs: Piece[][] = [];
  for (const piece of pieces) {
    const last = runs.at(-1);
    const gap = last ? tokens.slice(last.at(-1)!.to, piece.from) : [];
    const another = piece.month !== null && last?.some((other) => other.month !== null);
    if (last && isWhole(last)) {
      runs.push([piece]);
      continue;
    }
    const joined = gap.length <= 3 && gap.every((token) => joiners.has(token.text));
    if (last && !another && (joined || isAwaited(last, gap, piece))) last.push(piece);
    else runs.push([piece]);
  }
  return runs
    .flatMap(splitPair)
    .flatMap((run) => splitAge(run).map((part, index) => toDate(part, tokens, index > 0)))
    .filter((run) => run !== null);
}

/** "the seventeenth of, oh lord, august": a month must follow, whatever is said before it. */
function isAwaited(said: readonly Piece[], gap: readonly Token[], next: Piece): boolean {
  const last = said.at(-1)!;
  if (gap.length === 0 || gap.length > mostBetween) return false;
  return last.ordinal && gap[0]!.text === 'of' && next.month !== null;
}
const mostBetween = 5;

/**
 * "sixty six, two two fifty nine": an age, then the birth it comes from. The two add up to a year between 2020 and 2039,
 * in which such a call is made.
 */
function splitAge(pieces: Piece[]): Piece[][] {
  const [age, ...rest] = pieces;
  const year = Number(rest.at(-1)?.digits.slice(-2));
  const isAge = age?.month === null && !age.ordinal && /^[2-9]\d$/.test(age.digits) && rest.length >= 3;
  const fits = (Number(age?.digits) + year) % 100;
  return isAge && fits >= 20 && fits <= 39 ? [[age], rest] : [pieces];
}

/** Month, day and a year of four digits: what follows ("and 85224") is another number. */
function isWhole(pieces: readonly Piece[]): boolean {
  const digits = pieces.map((piece) => piece.digits).join('');
  if (pieces.some((piece) => piece.month !== null)) return /^\d{1,2}(?:19\d\d|20[01]\d)$/.test(digits);
  return pieces.length === 3 && /^(?:19\d\d|20[01]\d)$/.test(pieces[2]!.digits) && digits.length <= 8;
}

/** "two ten fifty eight and five three fifty six": two dates. */
function splitPair(pieces: Piece[]): Piece[][] {
  const [one, two] = [pieces.slice(0, 3), pieces.slice(3)];
  return isBareWhole(one) && isBareWhole(two) ? [one, two] : [pieces];
}

function isBareWhole(pieces: readonly Piece[]): boolean {
  const [first, second, third] = pieces.map(({ digits }) => digits);
  const isBare = pieces.length === 3 && pieces.every(({ month, ordinal }) => month === null && !ordinal);
  return isBare && /^\d\d?$/.test(first!) && /^\d\d?$/.test(second!) && /^[2-9]\d$/.test(third!);
}

function toDate(pieces: Piece[], tokens: readonly Token[], afterAge: boolean): DateRun | null {
  const named = pieces.filter((piece) => piece.month !== null);
  // "may" and "march" alone are verbs, unless they are all that is said, or the rest was not heard any more
  if (named.length === pieces.length && tokens.length > 3) {
    if (!breaksOff({ from: pieces[0]!.from, to: pieces.at(-1)!.to }, tokens)) return null;
  }
  const digits = pieces.map((piece) => piece.digits).join('');
  // "seventy one in July" is an age and a month
  const [leading] = pieces;
  if (named.length > 0 && leading!.month === null && Number(leading!.digits) > 31 && pieces.length === 2)
    return null;
  const first = pieces[0]!.from;
  const last = pieces.at(-1)!;
  return {
    // "the twenty second of May"
    from: pieces[0]!.ordinal && tokens[first - 1]?.text === 'the' ? first - 1 : first,
    to: ['day', 'month'].includes(tokens[last.to]?.text ?? '') && last.ordinal ? last.to + 1 : last.to,
    month: named[0]?.month ?? null,
    numbers: pieces.map((piece) => (piece.month ? String(piece.month) : piece.digits)),
    digits,
    ordinals: pieces.filter((piece) => piece.ordinal).length,
    birthYear: birthYearOf(pieces),
    afterAge,
  };
}

/** A month at the end of what is said, where a day would follow: "well i was born in march the". */
export function breaksOff({ from, to }: { from: number; to: number }, tokens: readonly Token[]): boolean {
  const before = tokens[from - 1];
  const after = tokens.slice(to);
  return (!before || monthLeads.has(before.text)) && after.every((token) => joiners.has(token.text));
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

/** The year at the end, in two pieces or four digits, when somebody on the telephone can be born in it. */
function birthYearOf(pieces: Piece[]): number | null {
  const tail = pieces.filter((piece) => !piece.month && !piece.ordinal).map((piece) => piece.digits);
  const year = /(19\d\d|200\d)$/.exec(tail.join(''))?.[1];
  return year ? Number(year) : null;
}

/** How many of day, month and year a date names, 0 to 3, and whether the numbers can be a date at all. */
export function dateParts(date: DateRun): number {
  if (date.month !== null) {
    const rest = date.digits;
    if (rest.length === 0) return 1;
    // "march fourteenth nineteen" was cut off
    if (rest.length <= 2 || (date.numbers.length > 2 && date.numbers.at(-1) === '19')) return 2;
    return rest.length <= 6 ? 3 : 0;
  }
  if (date.ordinals >= 2) return date.digits.length > 2 ? 3 : 2;
  // "nineteen sixty six" is a year, "one nine sixty six" a date
  if (date.birthYear !== null && date.digits.length === 4 && date.numbers.length <= 2) return 1;
  if (date.digits.length > 8 || date.digits.length < 3) return date.digits.length > 8 ? 0 : 1;
  return numericDates(date).length > 0 ? 3 : date.birthYear ? 1 : 0;
}

/** Readings of bare numbers as `month-day-year` or `day-month-year`: `twelve twenty five forty nine`, `05011950`. */
export function numericDates(date: DateRun): { month: number; day: number; year: number }[] {
  const { digits } = date;
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
