import type { AmountRule } from '../../domain/scorecard.ts';
import { amountsIn, judgeAmounts } from './amounts.ts';
import { ageFromBirth } from './birth-date.ts';
import { lastWords } from './clause.ts';
import type { CompiledCriterion } from './compile-scorecard.ts';
import { findCue, findLastCue } from './cue.ts';
import { pastDateIn } from './event-date.ts';
import { statements } from './find-statements.ts';
import type { Finding } from './finding.ts';
import { callerTurnsAfter, type HeardCall } from './heard-call.ts';
import type { HeardTurn } from './heard-text.ts';
import { classifyReply, isAsked, isNothing, isPolar, isStall, isUnsure } from './reply.ts';

// "i could have one of the attorneys call you": offered, not asked
const offers =
  / (i|we|ill|well|im going to|let me|shall i|ima)( can| could| will| would)? (have|get|send|put|let|set|connect|transfer|bring)( \w+){0,4}$/;

/** What the caller answers to a question of the agent, in his next two turns. */
export function replies(compiled: CompiledCriterion, turn: HeardTurn, call: HeardCall): Finding[] {
  const reversed = findLastCue(compiled.asksReversed, turn.text);
  const ask = reversed ?? findLastCue(compiled.asks, turn.text);
  if (!ask || !isAsked(turn, ask.at, call.punctuated)) return [];
  const { criterion } = compiled;
  if (!criterion.intent && offers.test(lastWords(turn.text.slice(0, ask.at), 7))) return [];
  const { amount, date } = criterion.listen;
  const polar =
    isPolar(turn.text, ask.at, ask.length) || /^ (and|or|any|what about)( \w+){1,3}$/.test(turn.text);
  const told = amount && !isBound(turn.text) ? amountAfterPress(turn, call, compiled, amount) : null;
  if (told) return [told];
  for (const reply of callerTurnsAfter(call, turn.index, 2)) {
    const place = { turn: reply, at: 0, length: reply.text.length };
    const spoken = statements(reply, compiled.replyYes, compiled.replyNo, 2.6, 'reply', true)[0];
    if (spoken && !contradicts(spoken, reply, reversed, turn, criterion))
      return isOutspoken(spoken, reply, compiled) ? [] : [spoken];
    const age = amount?.unit === 'age' ? ageFromBirth(reply.text, call.callDate) : null;
    if (amount && age) {
      const verdict = judgeAmounts([age], amount)!;
      const { at, length } = age;
      return [
        { kind: 'amount', turn: reply, at, length, value: verdict.holds ? 'yes' : 'no', strength: 2.5 },
      ];
    }
    if (amount) {
      const named = new Set(turn.text.match(/ \d[\d.]*/g));
      const heard = (amount.sum ? amountsOfReply(reply, call, amount) : amountsIn(reply.text, amount)).filter(
        ({ at }) => !named.has(/^ \d[\d.]*/.exec(reply.text.slice(at))?.[0] ?? ''),
      );
      const verdict = judgeAmounts(heard, amount);
      if (verdict) {
        const { at, length } = verdict.amount;
        return [
          { kind: 'amount', turn: reply, at, length, value: verdict.holds ? 'yes' : 'no', strength: 2.5 },
        ];
      }
    }
    if (date) {
      const when = pastDateIn(reply.text, call.callDate);
      if (when) {
        const value = when.monthsAgo <= date.withinMonths ? 'yes' : 'no';
        return [{ kind: 'date', turn: reply, at: when.at, length: when.length, value, strength: 2.5 }];
      }
    }
    if (amount?.unit === 'money' && amount.atLeast !== null && isNothing(reply.text))
      return [{ ...place, kind: 'amount', value: amount.atLeast > 0 ? 'no' : 'yes', strength: 2.4 }];
    const recap = date && recapOf(call, reply);
    if (recap) {
      const when = pastDateIn(recap.text, call.callDate);
      if (when) {
        const value = when.monthsAgo <= date.withinMonths ? 'yes' : 'no';
        return [{ kind: 'date', turn: recap, at: when.at, length: when.length, value, strength: 2.3 }];
      }
    }
    const polarity = classifyReply(reply.text);
    // a question handed back is no answer yet
    const handedBack = reply.asks && polarity === 'unclear' && call.turns[reply.index + 1]?.asks === false;
    if (isStall(reply.text) || handedBack) continue;
    // a bare yes or no answers a question for a value only where the question names the bound
    const settles =
      !(amount || date) ||
      // where any amount will do, "are you working" "yes" says enough
      (amount?.atLeast === 1 && polarity === 'yes') ||
      (!call.asksOther({ ...turn, text: turn.text.slice(ask.at + ask.length) }) &&
        / (over|more than|at least|above|between|within|last|past|recent|recently|less than)(?= |$)/.test(
          turn.text,
        ));
    if (polarity !== 'unclear' && settles && (polar || isNothing(reply.text))) {
      const holds = reversed
        ? reversedHolds(turn.text, reversed.at, polarity, reply.text)
        : polarity === 'yes';
      // who declines the next step still wanted what he called for
      if (criterion.intent && !holds) return [];
      return [{ ...place, kind: 'reply', value: holds ? 'yes' : 'no', strength: 2 }];
    }
    // "are you represented" "i've got morgan and morgan": told, what a reversed question asks about rather holds
    const either = reversed === null || findLastCue(compiled.asks, turn.text) !== null;
    if (
      criterion.listen.acceptedSilently &&
      either &&
      !(amount || date) &&
      isPlainAnswer(reply.text) &&
      polarity !== 'no' &&
      !isUnsure(reply.text) &&
      goesOn(call, reply.index)
    )
      return [{ ...place, kind: 'accepted', value: 'yes', strength: 1 }];
    return [];
  }
  return [];
}

/** "Over a hundred?": the question names the bound, so that yes and no answer it. */
function isBound(question: string): boolean {
  return / (over|more than|at least|above|between|less than|under)(?= |$)/.test(question);
}

/**
 * "What do you make" "that's what I don't know" "your best guess" "say twenty two thousand": the amount after the agent
 * pressed for it. Null where the first reply has one, or where the agent went on to something else.
 */
function amountAfterPress(
  turn: HeardTurn,
  call: HeardCall,
  { no, replyNo }: CompiledCriterion,
  rule: AmountRule,
): Finding | null {
  const [first, second] = callerTurnsAfter(call, turn.index, 2);
  if (!first || !second || amountsIn(first.text, rule).length > 0) return null;
  const press = call.turns.slice(first.index + 1, second.index);
  if (
    press.length === 0 ||
    press.some(({ text }) => text.split(' ').length > 14 || call.asksOther({ ...turn, text }))
  )
    return null;
  if (findCue(no, second.text) || findCue(replyNo, second.text)) return null;
  if (!presses.test(press.map(({ text }) => text).join(' '))) return null;
  const verdict = judgeAmounts(amountsOfReply(second, call, rule), rule);
  if (!verdict) return null;
  const { at, length } = verdict.amount;
  return { kind: 'amount', turn: second, at, length, value: verdict.holds ? 'yes' : 'no', strength: 2.7 };
}

const presses =
  / (guess|ballpark|roughly|rough|estimate|estimated|about|approximately|close|range|without (it|that|one)|price it|need (a|that|some) (number|figure)|goes by that|more or less|just (a|your|say))(?= |$)/;

/**
 * "I own it. My parents built it": a whole statement outweighs a word that would answer the question if it stood alone,
 * unless the word corrects it.
 */
function isOutspoken(spoken: Finding, reply: HeardTurn, { yes, no, criterion }: CompiledCriterion): boolean {
  const [stated] = statements(reply, yes, no, 2, 'statement', criterion.intent);
  if (!stated || stated.value === spoken.value) return false;
  return !/ (but|well|actually|technically|though|except|only)(?= |$)/.test(
    reply.text.slice(stated.at, spoken.at),
  );
}

/** A reply that opens with a plain yes or no outweighs words further on that would say the opposite. */
function contradicts(
  spoken: Finding,
  reply: HeardTurn,
  reversed: { at: number } | null,
  question: HeardTurn,
  { intent, listen }: CompiledCriterion['criterion'],
): boolean {
  if (intent || listen.amount || listen.date) return false;
  if (!/^( \w+){0,1} (yes|yeah|yep|no|nope|nah|not|never)(?= |$)/.test(reply.text)) return false;
  const polarity = classifyReply(reply.text);
  if (polarity === 'unclear' || / (but|actually|except|only)(?= |$)/.test(reply.text)) return false;
  const holds = reversed
    ? reversedHolds(question.text, reversed.at, polarity, reply.text)
    : polarity === 'yes';
  return holds !== (spoken.value === 'yes');
}

/** The agent says the date again in plain figures, and is not contradicted: "so twenty nineteen". */
function recapOf(call: HeardCall, reply: HeardTurn): HeardTurn | null {
  const next = call.turns[reply.index + 1];
  const after = call.turns[reply.index + 2];
  if (next?.speaker !== 'agent' || next.text.split(' ').length > 14) return null;
  return after && classifyReply(after.text) === 'no' ? null : next;
}

/** A short statement without a condition, a contrast or a negation. */
function isPlainAnswer(text: string): boolean {
  return (
    text.split(' ').length <= 13 &&
    !/ (will|if|when|unless|but|then|not|never|dont|doesnt|didnt|isnt|wasnt|aint|cant|wont|no|nothing|used to|maybe|guess|supposed|depends|almost|soon|until|till|what|how|why|where)(?= |$)/.test(
      text,
    )
  );
}

/** A total is often told in parts over several turns, and the agent adds them up. */
function amountsOfReply(
  reply: HeardTurn,
  call: HeardCall,
  rule: NonNullable<CompiledCriterion['criterion']['listen']['amount']>,
) {
  const own = amountsIn(reply.text, rule);
  if (own.length === 0) return own;
  const more = call.turns
    .slice(reply.index + 1, reply.index + 4)
    .flatMap(({ text }) => amountsIn(text, rule));
  // only places in the reply itself can be quoted for it
  return [...own, ...more.map(({ value }) => ({ value, at: own[0]!.at, length: own[0]!.length }))];
}

/** "Do you have a lawyer" no: holds. "You don't have a lawyer, right" right: holds; "yes i do": does not. */
function reversedHolds(question: string, at: number, polarity: 'yes' | 'no', reply: string): boolean {
  const before = question
    .slice(0, at + 12)
    // a word that the cut goes through counts for nothing: "on medi-cal no|w"
    .replace(/ \S*$/, (cut) => (/^( |$)/.test(question.slice(at + 12)) ? cut : ''))
    .split(' ')
    .slice(-6)
    .map((word) => ` ${word}`)
    .join('');
  const negative = / (not|no|never|dont|havent|arent|isnt|nobody|hasnt|nothing|wasnt)(?= |$)/.test(before);
  if (!negative || polarity === 'no') return polarity === 'no';
  return !/ (i do|i am|i did|i have|we do|we are|we have|actually|yes i|i was)(?= |$)/.test(reply);
}

/** The agent goes on after the answer: asks or offers more, and does not turn the caller away soon after. */
function goesOn(call: HeardCall, index: number): boolean {
  if (call.unrelated) return false;
  const later = call.turns.filter((turn) => turn.index > index && turn.speaker === 'agent').length;
  return later >= 2 && !call.refusals.some((at) => at > index && at <= index + 6);
}
