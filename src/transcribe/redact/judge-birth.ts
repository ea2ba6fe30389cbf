import { type DateRun, dateParts, sameDay } from './dates.ts';
import type { Memory } from './memory.ts';

/** Whether a date is one of birth, where one was asked for or announced. `corrects`: the turn takes something back. */
export function isBirthDate(date: DateRun, memory: Memory, turn: number, corrects: boolean): boolean {
  const parts = dateParts(date);
  const known = turn - memory.birthTurn <= 8 ? memory.births : [];
  const complete = known.some((birth) => dateParts(birth) === 3) || known.length >= 3;
  if (complete) return repeatsBirth(date, memory) || (corrects && parts >= 2 && turn - memory.birthTurn <= 2);
  if (parts >= 2) return true;
  // one piece of a date that is said in pieces
  return date.birthYear !== null || (known.length > 0 && date.ordinals + date.digits.length > 1);
}

/** Whether a date repeats the day, or the year, of a birth that was said before. */
export function repeatsBirth(date: DateRun, memory: Memory): boolean {
  return memory.births.some(
    (birth) =>
      sameDay(birth, date) ||
      (date.birthYear !== null && date.birthYear === birth.birthYear && date.digits.length <= 8),
  );
}

/** A full date with a year in which callers are born needs no question where births were spoken of already. */
export function isPlainBirth(date: DateRun, memory: Memory, pure: boolean): boolean {
  const full = date.birthYear !== null && date.birthYear <= 2008 && dateParts(date) === 3;
  return full && date.month !== null && (pure || memory.births.length > 0);
}
