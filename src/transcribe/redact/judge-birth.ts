import { type DateRun, dateParts, sameDay } from './dates.ts';
import type { Memory } from './memory.ts';
import type { ReadTurn } from './read-turn.ts';

/** Years of appointments, coverage and accidents rather than of anybody's birth. */
const lateYear = /20[2-9]\d$/;

/** A second date of such a year, in four digits or two, is of what happened lately. */
function isLate({ digits, month, numbers }: DateRun): boolean {
  return lateYear.test(digits) || (month === null && numbers.length === 3 && /^2[3-7]$/.test(numbers[2]!));
}

/** What has a date of its own. */
export const eventWords =
  /\b(?:moved|since|start(?:ed|s)?|bought|happened|accident|effective|began|begins|replaced|expire[sd]?|until|signed|enrolled|retired|married|surgery|installed|diagnosed|passed|died|divorced|filed|graduated|totaled|wrecked|stopped|ended|closed|renewed|finished|hospital|appointment|lapsed|cancell?ed)\b/i;

/** Whether a date is one of birth, where one was asked for or announced. */
export function isBirthDate(
  date: DateRun,
  memory: Memory,
  turn: number,
  { corrects, pure, tokens, text }: Pick<ReadTurn, 'corrects' | 'pure' | 'tokens' | 'text'>,
): boolean {
  if (date.month === null && date.digits.length > 8) return false;
  if (isOfEvent(date, tokens)) return false;
  const parts = dateParts(date);
  const since = turn - memory.birthTurn;
  const known = knownPieces(memory, turn);
  if (isAnswered(memory, turn)) {
    const speaksOfEvent = eventWords.test(text);
    // a second person's, or the first one corrected
    const isRow = since === 0 && date.numbers.length >= 3;
    // "your house is 4415?"
    const isNumber = date.numbers.length === 1 && date.digits.length <= 5;
    const surely =
      date.month !== null || date.ordinals > 0 || pure || isRow || (tokens.length <= 8 && !isNumber);
    const another = parts === 3 && since <= 2 && surely && !speaksOfEvent && !isLate(date);
    if (pure && since <= 1 && date.ordinals > 0) return true;
    // "the ninth of what?" "may"
    const isMonthAgain = date.digits === '' && memory.births.some(({ month }) => month === date.month);
    if (pure && since <= 2 && isMonthAgain) return true;
    const takenBack = corrects || (date.month !== null && tokens.length <= 5 && since <= 1);
    return repeatsBirth(date, memory) || another || (takenBack && parts >= 2 && since <= 2);
  }
  if (parts >= 2) return true;
  // "the year you were born?" "fifty seven"
  if (pure && known.length === 0 && /^[2-9]\d$/.test(date.digits)) return true;
  // one piece of a date that is said in pieces
  if (date.birthYear !== null || (pure && (date.ordinals > 0 || date.month !== null))) return true;
  return known.length > 0 && date.ordinals + date.digits.length > 1;
}

/** "he passed in 2009", "retired june second 2011": led to by what happened then. */
function isOfEvent(date: DateRun, tokens: readonly { text: string }[]): boolean {
  const before = tokens.slice(Math.max(0, date.from - 4), date.from).map((token) => token.text);
  return /\b(?:passed|died|retired|married|moved|bought|quit|started|since|effective)(?: (?:away|in|on|back|the|it|there|here))*$/.test(
    before.join(' '),
  );
}

/** What was said of a birth since it was last asked for. */
function knownPieces(memory: Memory, turn: number): DateRun[] {
  return turn - memory.birthTurn <= 8 ? memory.births.slice(memory.birthsBefore) : [];
}

/** Whether all of a birth date was said since it was last asked for. */
export function isAnswered(memory: Memory, turn: number): boolean {
  const known = knownPieces(memory, turn);
  return known.reduce((sum, birth) => sum + dateParts(birth), 0) >= 3 || known.length >= 3;
}

/** Whether a date repeats the day, or the year, of a birth that was said before. */
export function repeatsBirth(date: DateRun, memory: Memory): boolean {
  // "you have until July 1st, 2027 to file"
  if (date.month !== null && date.digits.length >= 5 && lateYear.test(date.digits)) {
    return memory.births.some(
      (birth) => birth.digits.endsWith(date.digits.slice(-2)) && sameDay(birth, date),
    );
  }
  return (
    repeatsPieces(date, memory.births) ||
    memory.births.some(
      (birth) =>
        sameDay(birth, date) ||
        (date.birthYear !== null && date.birthYear === birth.birthYear && date.digits.length <= 8),
    )
  );
}

/** Whether a date in bare numbers has day, month and year of a birth that was said before. */
export function repeatsWhole(date: DateRun, memory: Memory): boolean {
  if (dateParts(date) !== 3) return false;
  return memory.births.some(
    (birth) =>
      dateParts(birth) === 3 && sameDay(birth, date) && birth.digits.slice(-2) === date.digits.slice(-2),
  );
}

/** Day and month that were said one by one, now said together. */
function repeatsPieces(date: DateRun, births: readonly DateRun[]): boolean {
  const known = births.flatMap((birth) => birth.numbers.map(Number));
  // "nine" "twenty" "forty one": "nine twenty forty one?"
  if (date.numbers.length === 3 && known.slice(-3).join() === date.numbers.map(Number).join()) return true;
  const said = date.numbers.map(Number).filter((number) => number <= 31);
  return (
    said.length === 2 &&
    date.month !== null &&
    said[0] !== said[1] &&
    said.every((number) => known.includes(number))
  );
}

/**
 * A full date with a year in which callers are born needs no question where births were spoken of already, or where
 * it is read back from somebody's file.
 */
export function isPlainBirth(
  date: DateRun,
  memory: Memory,
  { pure, confirms }: { pure: boolean; confirms: boolean },
): boolean {
  const full = date.birthYear !== null && date.birthYear <= 2008 && dateParts(date) === 3;
  return full && date.month !== null && (pure || confirms || memory.births.length > 0);
}
