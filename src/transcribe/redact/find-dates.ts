import { breaksOff, type DateRun, dateJoiners, yearFirst } from './dates.ts';
import { monthOf, monthOfHoliday } from './months.ts';
import { findNumbers } from './number-words.ts';
import type { Token } from './tokens.ts';

/** "May I", "it may be": no month. */
const afterVerb = new Set('i we you he she they it be not have need'.split(' '));

type Piece = { from: number; to: number; digits: string; ordinal: boolean; month: number | null };

/** Dates in a text. A run of numbers alone counts too: whether it is a date is for the context to say. */
export function findDates(tokens: readonly Token[], skip: ReadonlySet<number>): DateRun[] {
  const months: Piece[] = tokens.flatMap((token, index) => {
    const isVerb = token.text === 'may' && afterVerb.has(tokens[index + 1]?.text ?? '');
    const named = monthOf.get(token.text) ?? monthOfHoliday.get(token.text);
    const month = skip.has(index) || isVerb ? undefined : named;
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
    const joined = gap.length <= 3 && gap.every((token) => dateJoiners.has(token.text));
    if (last && !another && (joined || isAwaited(last, gap, piece))) last.push(piece);
    else runs.push([piece]);
  }
  return runs
    .flatMap(splitSeveral)
    .map((run) => {
      const birth = afterAge(run);
      return toDate(birth ?? run, tokens, birth !== null);
    })
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
 * in which such a call is made. @returns the birth
 */
function afterAge(pieces: Piece[]): Piece[] | null {
  const [age, ...rest] = pieces;
  const year = Number(rest.at(-1)?.digits.slice(-2));
  const isAge = age?.month === null && !age.ordinal && /^[2-9]\d$/.test(age.digits) && rest.length >= 3;
  const fits = (Number(age?.digits) + year) % 100;
  return isAge && fits >= 20 && fits <= 39 ? rest : null;
}

/** Month, day and a year of four digits: what follows ("and 85224") is another number. */
function isWhole(pieces: readonly Piece[]): boolean {
  const digits = pieces.map((piece) => piece.digits).join('');
  if (pieces.some((piece) => piece.month !== null)) return /^\d{1,2}(?:19\d\d|20[01]\d)$/.test(digits);
  return pieces.length === 3 && /^(?:19\d\d|20[01]\d)$/.test(pieces[2]!.digits) && digits.length <= 8;
}

/** "two ten fifty eight and five three fifty six", "2/11/81, 5/30/84, 8/8/2013": several dates. */
function splitSeveral(pieces: Piece[]): Piece[][] {
  if (pieces.length < 6 || pieces.length % 3 !== 0) return [pieces];
  const dates = Array.from({ length: pieces.length / 3 }, (_, at) => pieces.slice(3 * at, 3 * at + 3));
  return dates.every(isBareWhole) ? dates : [pieces];
}

function isBareWhole(pieces: readonly Piece[]): boolean {
  const [first, second, third] = pieces.map(({ digits }) => digits);
  if (pieces.some(({ month, ordinal }) => month !== null || ordinal)) return false;
  if (!/^(?:\d\d|19\d\d|20[012]\d)$/.test(third!)) return false;
  const [low, high] = [Number(first), Number(second)].sort((a, b) => a - b) as [number, number];
  return first!.length <= 2 && second!.length <= 2 && low >= 1 && low <= 12 && high <= 31;
}

function toDate(pieces: Piece[], tokens: readonly Token[], isAfterAge: boolean): DateRun | null {
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
    afterAge: isAfterAge,
  };
}

/** The year at the end, in two pieces or four digits, when somebody on the telephone can be born in it. */
function birthYearOf(pieces: Piece[]): number | null {
  const tail = pieces.filter((piece) => !piece.month && !piece.ordinal).map((piece) => piece.digits);
  if (tail.length === 3 && yearFirst.test(tail[0]!)) return Number(tail[0]);
  const year = /(19\d\d|200\d)$/.exec(tail.join(''))?.[1];
  return year ? Number(year) : null;
}
