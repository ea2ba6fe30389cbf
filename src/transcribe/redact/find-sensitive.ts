import type { SensitiveKind, Speaker } from '../../domain/transcript.ts';
import { nextAsks, touchAsk, weaken } from './asks.ts';
import type { Cue } from './cues.ts';
import { fromMonth } from './dates.ts';
import { saysHundreds } from './digit-runs.ts';
import { askedAgain, asksOfAnother } from './household.ts';
import { isBirth, isOfCard } from './is-birth.ts';
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
