import type { SensitiveKind, Speaker } from '../../domain/transcript.ts';
import { nextAsks, touchAsk, weaken } from './asks.ts';
import { answersAge, followsAge, isBareYear, isBornIn, speaksOfAge, takesBackYear } from './birth-leads.ts';
import { startsWithCard } from './card-digits.ts';
import type { Cue } from './cues.ts';
import { breaksOff, type DateRun, dateParts, fromMonth } from './dates.ts';
import { saysHundreds } from './digit-runs.ts';
import { askedAgain, asksOfAnother, isOfHousehold, isOfPerson, listsPeople } from './household.ts';
import { isAnswered, isBirthDate, isPlainBirth, repeatsBirth, repeatsWhole } from './judge-birth.ts';
import type { Judged } from './judge-card.ts';
import { judgeRun } from './judge-run.ts';
import { isOfYear, surroundingsOf } from './lead-ups.ts';
import { beginsMedicareId, type CodeRun, isMedicareId, isPlanId } from './medicare-codes.ts';
import { type Memory, newMemory, remember, repeats } from './memory.ts';
import { isMonth } from './months.ts';
import { findLettersBack, repeatsId, spellsAnother } from './read-backs.ts';
import { type Candidate, codesAhead, digitsAhead, type ReadTurn, readTurn, topicsAt } from './read-turn.ts';
import { withoutRefused } from './refusals.ts';
import { withSoundAlikes } from './sound-alikes.ts';
import { bareLetters, findSpelledIds } from './spelled-ids.ts';

/** A stretch of a turn that must not be stored, in characters of its text. */
export type Finding = { kind: SensitiveKind; turn: number; from: number; to: number };

/**
 * Finds what must be removed, turn by turn: numbers are judged by what was asked for or announced before them, by
 * their shape, and by whether they repeat something that was removed already.
 */
export function findSensitive(turns: readonly { speaker: Speaker; text: string }[]): Finding[] {
  const read = turns.map((turn) => readTurn(turn.speaker, turn.text));
  const memory = newMemory(findSpelledIds(read));
  return read.flatMap((turn, index) => {
    if (turn.speaksOfBank) memory.bankTurn = index;
    const judged = judgeTurn(read, index, memory);
    const declines = turn.declines && judged.length === 0;
    // "march third fifty eight, and i'm not giving the social": one was given, the other refused
    const kept = turn.declines ? withoutRefused(turn.cues, turn.tokens) : turn.cues;
    const isGiven = ({ topic }: Cue) => judged.some(({ kind }) => kind === topic);
    const cues = turn.cues.filter((cue) => kept.includes(cue) || isGiven(cue));
    const refused = turn.cues.filter((cue) => !cues.includes(cue)).map((cue) => cue.topic);
    memory.asks = nextAsks(memory.asks, cues, index, turn);
    memory.asks = memory.asks.map((ask) => (refused.includes(ask.topic) ? { ...ask, weak: true } : ask));
    if (cues.some((cue) => cue.topic === 'ssn' && !cue.weak)) {
      memory.lastFour = /\blast (?:four|4)\b/i.test(turn.text);
    } else if (/\b(?:full|whole|entire|all (?:nine|9)|first (?:five|5|three|3))\b/i.test(turn.text)) {
      memory.lastFour = false;
    }
    const asksBirth = turn.cues.some((cue) => cue.topic === 'date_of_birth' && !cue.weak);
    if (asksOfAnother(turn)) {
      const again = askedAgain(memory, index);
      const rest = memory.asks.filter(({ topic }) => !again.some((kind) => kind === topic));
      memory.asks = [...again.map((topic) => ({ topic, turn: index, weak: false })), ...rest];
      if (again.includes('date_of_birth')) memory.birthsBefore = memory.births.length;
    }
    if (asksBirth && memory.birthTurn < index) memory.birthsBefore = memory.births.length;
    if (declines) memory.asks = weaken(memory.asks, index);
    for (const { kind } of judged) memory.asks = touchAsk(memory.asks, kind, index);
    return judged.map(({ kind, part }) => {
      const { from, to } = withSoundAlikes(part, turn.tokens);
      return { kind, turn: index, from: turn.tokens[from]!.from, to: turn.tokens[to - 1]!.to };
    });
  });
}

function judgeTurn(turns: readonly ReadTurn[], index: number, memory: Memory): Judged {
  const turn = turns[index]!;
  const found: Judged = [];
  const isFree = (stretch: { from: number; to: number }) =>
    !found.some(({ part }) => part.from < stretch.to && stretch.from < part.to);
  const add = (judged: Judged) => {
    for (const { kind, part } of judged) remember(memory, kind, part.digits, index, turn.speaker);
    found.push(...judged);
  };
  const candidatesOf = (stretch: { from: number; to: number }) =>
    topicsAt(turn, index, stretch, memory.asks).map((candidate) => bankOrOther(candidate, memory, index));

  const spellsOther = spellsAnother(turns[index - 1]);
  for (const code of turn.codes.filter(({ code }) => !isPlanId(code))) {
    const whole = code.code + (turn.pure ? codesAhead(turns, index, code.code) : '');
    if (
      memory.spelledIds.has(`${index}:${code.from}`) ||
      isMedicareId(whole.slice(0, 11)) ||
      isMedicareCode(code, candidatesOf(code), memory, index, { pure: turn.pure, spellsOther }) ||
      repeatsId(code, turns, index, memory) ||
      (turn.pure && code.code.length >= 4 && beginsMedicareId(whole) && speaksOfMedicare(turns, index))
    ) {
      add([{ kind: 'medicare_id', part: { ...code, digits: code.code } }]);
    }
  }
  const letters = bareLetters(turn);
  const heardId = memory.heard.get('medicare_id');
  const goesOn = heardId && heardId.digits.length < 11 && index - heardId.turn <= 2 && !spellsOther;
  if (letters && isFree(letters) && (goesOn || memory.spelledIds.has(`${index}:0`))) {
    add([{ kind: 'medicare_id', part: { ...letters, digits: letters.code } }]);
  }
  for (const back of findLettersBack(turns, index, memory).filter(isFree)) {
    add([{ kind: 'medicare_id', part: { ...back, digits: '' } }]);
  }
  for (const date of turn.dates.filter(isFree)) {
    if (isOfCard(date, turn, candidatesOf(date))) continue;
    if (!isBirth(date, candidatesOf(date), memory, turns, index)) continue;
    add([{ kind: 'date_of_birth', part: { ...date, from: fromMonth(date, turn) } }]);
    memory.births = [...memory.births, date];
    memory.birthTurn = index;
  }
  for (const run of turn.runs.filter(isFree)) {
    const around = {
      turn: index,
      speaker: turn.speaker,
      pure: turn.pure,
      round: saysHundreds(run, turn.tokens),
      ahead: digitsAhead(turns, index, run),
      codes: codesAhead(turns, index),
      nearBank: turns.slice(Math.max(0, index - 4), index + 1).some(({ speaksOfChecks }) => speaksOfChecks),
      ...surroundingsOf(run, turn),
      ofMonth: (run.from > 0 && isMonth(turn.tokens[run.from - 1]!.text)) || isOfYear(run, turn),
    };
    add(judgeRun(run, candidatesOf(run), memory, around));
  }
  return found.sort((a, b) => a.part.from - b.part.from);
}

/** A card's digits in a row may read as several dates: "five one ten three one twenty one …". */
function isOfCard(date: DateRun, { runs }: ReadTurn, candidates: readonly Candidate[]): boolean {
  if (candidates[0]?.topic === 'date_of_birth') return false;
  return runs.some(({ from, to, digits }) => from <= date.from && date.to <= to && startsWithCard(digits));
}

/** "The account" is a bank's when a bank was spoken of lately, else a customer's. */
function bankOrOther(candidate: Candidate, memory: Memory, turn: number): Candidate {
  if (candidate.topic !== 'account') return candidate;
  return {
    ...candidate,
    topic: memory.bankTurn >= 0 && turn - memory.bankTurn <= 10 ? 'bank_account' : 'other',
  };
}

function isMedicareCode(
  code: CodeRun,
  candidates: Candidate[],
  memory: Memory,
  index: number,
  { pure, spellsOther }: { pure: boolean; spellsOther: boolean },
): boolean {
  if (isMedicareId(code.code) || repeats(memory, 'medicare_id', code.code)) return true;
  const heard = memory.heard.get('medicare_id');
  const going = heard !== undefined && heard.digits.length < 11 && index - heard.turn <= 4;
  if (going && (pure || (code.code.length >= 3 && !code.lettersOnly))) return true;
  if (code.lettersOnly || spellsOther) return false;
  const asked = candidates[0]?.here
    ? candidates[0].topic === 'medicare_id'
    : candidates.some(isOf('medicare_id'));
  return asked && (code.code.length >= 4 || pure);
}

/** Whether Medicare was spoken of in this turn or the eight before it. */
function speaksOfMedicare(turns: readonly ReadTurn[], index: number): boolean {
  return turns.slice(Math.max(0, index - 8), index + 1).some(({ text }) => /\bmedicare\b/i.test(text));
}

const isOf = (topic: SensitiveKind) => (candidate: Candidate) => candidate.topic === topic;

function isBirth(
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
