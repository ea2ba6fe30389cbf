import type { SensitiveKind } from '../../domain/transcript.ts';
import { answersAge, followsAge, isBareYear, isBornIn, speaksOfAge, takesBackYear } from './birth-leads.ts';
import { startsWithCard } from './card-digits.ts';
import { breaksOff, type DateRun, dateParts, fromMonth } from './dates.ts';
import { isOfHousehold, isOfPerson, listsPeople } from './household.ts';
import { isAnswered, isBirthDate, isPlainBirth, repeatsBirth, repeatsWhole } from './judge-birth.ts';
import type { Memory } from './memory.ts';
import type { Candidate, ReadTurn } from './read-turn.ts';

const isOf = (topic: SensitiveKind) => (candidate: Candidate) => candidate.topic === topic;

/** Whether a date is one of birth: by what was asked for before it, by what leads to it, and by what it repeats. */
export function isBirth(
  date: DateRun,
  candidates: Candidate[],
  memory: Memory,
  turns: readonly ReadTurn[],
  index: number,
): boolean {
  const turn = turns[index]!;
  const nearest = candidates[0];
  const isSpoken = candidates.some(isOf('date_of_birth')) || memory.births.length > 0;
  if (isBornIn(date, turn)) return true;
  if (isOfPerson(date, turn) && (isSpoken || date.month !== null || listsPeople(turn))) return true;
  const isAsked = candidates.some(({ topic, weak, since }) => !weak && since <= 4 && topic !== 'other');
  if (!isAsked && followsAge(date, turn, turns[index - 1])) return true;
  if (index - memory.birthTurn <= 2 && repeatsWhole(date, memory)) return true;
  if (isYearAgain(date, memory, turns, index)) return true;
  if (nearest?.here && nearest.topic !== 'date_of_birth' && !nearest.weak)
    return repeatsBirth(date, memory) && date.month !== null;
  if (memory.births.length > 0 && isOfHousehold(date, turn, turns[index - 1])) return true;
  const asks = candidates.filter(isOf('date_of_birth'));
  const asked = asks.find(({ weak, since }) => !weak && since <= 2) ?? asks[0];
  if (!asked && answersAge(date, turn, turns[index - 1])) return true;
  if (!asked) return (date.month !== null && repeatsBirth(date, memory)) || isPlainBirth(date, memory, turn);
  // where more was asked for at once, bare digits go to what was asked first, and to the rest once a date was given
  const bare = date.month === null && date.ordinals === 0;
  const other = candidates.find(({ topic, weak }) => !weak && topic !== 'date_of_birth' && topic !== 'other');
  if (bare && other && date.digits.length <= 4 && !memory.heard.has(other.topic as SensitiveKind)) {
    if (candidates.indexOf(other) < candidates.indexOf(asked) || memory.birthTurn >= index - 2) return false;
  }
  if (date.digits === '' && !turn.pure) {
    const justAsked = asked.here || (!asked.weak && asked.since <= 2);
    const isRepeated = memory.births.some(({ month }) => month === date.month);
    return justAsked && (isRepeated || (!isAnswered(memory, index) && breaksOff(date, turn.tokens)));
  }
  const justSaid = index - memory.birthTurn <= 2;
  if (asked.weak && !justSaid && (dateParts(date) < 3 || date.birthYear === null)) return false;
  const isHalfHeard = asked.since <= 2 && fromMonth(date, turn) < date.from;
  if (isHalfHeard && !isAnswered(memory, index)) return true;
  // "date of birth?" "nine" "uh huh" "twenty": the month, first of the pieces
  const mayBegin = turn.pure && !asked.weak && asked.since === 1 && /^(?:[1-9]|1[0-2])$/.test(date.digits);
  if (mayBegin && !isAnswered(memory, index) && goesOnWithNumber(turns, index)) return true;
  return isBirthDate(date, memory, index, turn);
}

/** Whether the same voice says a number, and little else, right after the other one. */
function goesOnWithNumber(turns: readonly ReadTurn[], index: number): boolean {
  const next = turns[index + 2];
  return next?.speaker === turns[index]!.speaker && next.pure && next.dates.length > 0;
}

/** The year of a birth said just before, taken back ("no, eighty nine"), put right or said again by the other side. */
function isYearAgain(date: DateRun, memory: Memory, turns: readonly ReadTurn[], index: number): boolean {
  const since = index - memory.birthTurn;
  const last = memory.births.at(-1);
  if (!last || since > 2) return false;
  const turn = turns[index]!;
  if (since > 0 && speaksOfAge(turns[index - 1])) return false;
  if (takesBackYear(date, turn)) return true;
  // "nine eleven forty five?" "no, six. forty six."
  if (since === 1 && turn.pure && turn.corrects && date.numbers.length <= 2 && date.digits.length <= 4)
    return true;
  if (!isBareYear(date)) return false;
  if (isBareYear(last) && last.digits.slice(-2) === date.digits.slice(-2)) return true;
  // "nineteen seventy three?" "seventy four"
  const readBack = turns[index - 1]?.confirms || turns[index - 1]?.text.trimEnd().endsWith('?');
  return since === 1 && turn.pure && readBack === true && last.birthYear !== null;
}

/** A card's digits in a row may read as several dates: "five one ten three one twenty one …". */
export function isOfCard(date: DateRun, { runs }: ReadTurn, candidates: readonly Candidate[]): boolean {
  if (candidates[0]?.topic === 'date_of_birth') return false;
  return runs.some(({ from, to, digits }) => from <= date.from && date.to <= to && startsWithCard(digits));
}
