import type { Answer } from '../../domain/answer.ts';
import type { AmountRule } from '../../domain/scorecard.ts';
import type { Turn } from '../../domain/transcript.ts';
import { amountsIn } from './amounts.ts';
import { evidenceOf } from './answer-criterion.ts';
import type { CompiledCriterion } from './compile-scorecard.ts';
import { findCue, findLastCue } from './cue.ts';
import { pastDateIn } from './event-date.ts';
import { guardOf } from './guard.ts';
import { callerTurnsAfter, type HeardCall } from './heard-call.ts';
import { type HeardTurn, levelWords } from './heard-text.ts';
import { isAsked, isStall } from './reply.ts';

type Value = { value: string; turn: HeardTurn; at: number; length: number; asked: boolean };

/**
 * Answers a criterion whose answer is a number, one of its choices, or a date: from the replies to its questions,
 * else from the caller's words that its `yes` cues (or, for dates, its events) name. Later words win; what stands
 * under a condition or is somebody else's case counts for nothing.
 */
export function answerValue(compiled: CompiledCriterion, call: HeardCall, turns: readonly Turn[]): Answer {
  const { criterion } = compiled;
  const found: Value[] = [];
  for (const turn of call.turns) {
    const ask =
      turn.speaker === 'agent'
        ? (findLastCue(compiled.asks, turn.text) ?? findLastCue(compiled.asksReversed, turn.text))
        : null;
    if (ask && isAsked(turn, ask.at, call.punctuated)) {
      const reply = callerTurnsAfter(call, turn.index, 2).find(({ text }) => !isStall(text));
      const value = reply && valueIn(reply, compiled, call);
      if (value) found.push({ ...value, asked: true });
    }
    const told = findCue(compiled.event, turn.text) ?? findCue(compiled.yes, turn.text);
    if (turn.speaker === 'caller' && told) {
      const value = valueIn(turn, compiled, call);
      if (value) found.push({ ...value, asked: false });
    }
  }
  const replies = found.filter(({ asked }) => asked);
  const best = (replies.length > 0 ? replies : found).at(-1);
  if (!best)
    return {
      criterion: criterion.id,
      value: 'unknown',
      confidence: 0,
      evidence: [],
      note: 'nothing said settles it',
    };
  const contested = new Set(found.map(({ value }) => value)).size > 1;
  return {
    criterion: criterion.id,
    value: best.value,
    confidence: (best.asked ? 0.9 : 0.8) - (contested ? 0.2 : 0),
    evidence: [evidenceOf({ turn: best.turn, at: best.at, length: best.length }, turns)],
    note: contested ? 'the call says several; the later words count' : null,
  };
}

const anyNumber: AmountRule = {
  unit: 'score',
  atLeast: null,
  atMost: null,
  plausible: [0, 10_000_000],
  sum: false,
};

function valueIn(
  turn: HeardTurn,
  { criterion }: CompiledCriterion,
  call: HeardCall,
): Omit<Value, 'asked'> | null {
  if (criterion.kind === 'number') {
    const amount = amountsIn(turn.text, criterion.listen.amount ?? anyNumber).findLast(
      // "three, no wait, four": only a "not" right before it denies a number
      ({ at }) => guardOf(turn.text, at) !== 'hypothetical' && !turn.text.slice(0, at).endsWith(' not'),
    );
    return amount ? { value: String(amount.value), turn, at: amount.at, length: amount.length } : null;
  }
  if (criterion.kind === 'date') {
    const date = pastDateIn(turn.text, call.callDate);
    if (!date || !call.callDate || guardOf(turn.text, date.at) === 'hypothetical') return null;
    const year = /(?:19|20)\d\d/.exec(turn.text.slice(date.at, date.at + date.length))?.[0];
    const value = year && date.monthsAgo > 12 ? year : calendar(call.callDate, date.monthsAgo);
    return { value, turn, at: date.at, length: date.length };
  }
  const said = criterion.choices.flatMap((choice) => {
    const text = levelWords(choice.replaceAll('_', ' '))
      .map((word) => ` ${word}`)
      .join('');
    const at = `${turn.text} `.lastIndexOf(`${text} `);
    return at >= 0 && guardOf(turn.text, at) === 'stands'
      ? [{ value: choice, turn, at, length: text.length }]
      : [];
  });
  return said.sort((a, b) => b.at - a.at)[0] ?? null;
}

/** Months back from the call as a month of the calendar; more than a year back is known to the year only. */
function calendar(callDate: string, monthsAgo: number): string {
  const date = new Date(callDate);
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - Math.round(monthsAgo));
  return date.toISOString().slice(0, monthsAgo > 12 ? 4 : 7);
}
