import type { CompiledScorecard } from './compile-scorecard.ts';
import { isConditional } from './conditional.ts';
import { findCue } from './cue.ts';
import type { HeardCall } from './heard-call.ts';
import type { HeardTurn } from './heard-text.ts';
import { classifyReply } from './reply.ts';
import { isBareHour, isFixed, sharesTime, timeIn } from './spoken-time.ts';

const openOrPast =
  / (whenever|id have to see|ill have to see|depends|leave it open|when (was|were|did|is your)|what (day|date) (was|did)|how long ago|happened|(date of )?birth\w*|born|diagnosed|hit me|hit you|last (week|month|year|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|ago)(?= |$)/;
const accepting =
  / (works|perfect|ill take|see you|ill be (here|there|home)|thats (fine|good|perfect|great)|sounds good|thatll work|fine|that one|deal|its a date|put me (down|in)|book (it|me)|do that|lets do)(?= |$)/;

const money =
  / (dollars?|bucks|cents|a month|per month|premium|percent|and change|deductible|liability|full coverage|for (the|both|all)( \w+)? (months?|year|of (us|them)))(?= |$)/;

/** "What time works" "eleven". */
export function hourAsked(turn: HeardTurn, replies: readonly HeardTurn[]) {
  return (
    / what time(?= |$)/.test(turn.text) &&
    replies.some(({ text }) => /^( [a-z]+){0,4} ([1-9]|1[0-2]|one)(?= |$)/.test(text))
  );
}

/** One side names a time where a visit is being arranged, the other accepts it or says it again. */
export function negotiated(
  turn: HeardTurn,
  call: HeardCall,
  compiled: CompiledScorecard,
): HeardTurn[] | null {
  const next = call.turns[turn.index + 1];
  if (!next || turn.speaker === 'ivr' || next.speaker === turn.speaker) return null;
  const offer = timeIn(turn.text);
  if (!(offer.hour || offer.day || isBareHour(turn.text))) return null;
  if (/ (number|phone|dial|extension|area code|zip)(?= |$)/.test(turn.text)) return null;
  if (money.test(turn.text) || money.test(next.text)) return null;
  const asked = call.turns[turn.index - 1];
  if ([asked, turn, next].some((one) => one && openOrPast.test(one.text))) return null;
  const about = around(call, turn);
  const arranging = findCue(compiled.cues.scheduling ?? null, about);
  if (!isFixed(about)) return null;
  if (isForCallBack(turn, [next], call, compiled)) return null;
  const reply = timeIn(next.text);
  const echoes =
    sharesTime(turn.text, next.text) ||
    (/ what time(?= |$)/.test(turn.text) && (reply.hour || isBareHour(next.text)));
  const accepts =
    turn.speaker === 'agent' &&
    (accepting.test(next.text) || /^ (okay|yes|yeah|yep|sure|good)(?= |$)/.test(next.text));
  if (
    classifyReply(next.text) === 'no' ||
    (turn.speaker === 'agent' && isConditional(turn, turn.text.length))
  )
    return null;
  // where nothing speaks of a visit, only a time said by both is an agreement
  const both = timeIn(`${turn.text} .${next.text}`);
  if (!arranging && !(echoes && both.hour && both.day)) return null;
  return (echoes || accepts) && turn.text.length < 160 ? [turn, next] : null;
}

/** A call at no set hour is a call back, whatever day it is on. */
export function isForCallBack(
  turn: HeardTurn,
  replies: readonly HeardTurn[],
  call: HeardCall,
  compiled: CompiledScorecard,
) {
  const calling = compiled.results.find(({ result }) => result === 'callback')?.agent ?? null;
  if (!findCue(calling, around(call, turn))) return false;
  return ![turn, ...replies].some(({ text }) => timeIn(text).hour || isBareHour(text));
}

/** What was said within so many turns of this one. */
export function around(call: HeardCall, turn: HeardTurn, reach = 3) {
  return call.turns
    .slice(Math.max(0, turn.index - reach), turn.index + reach + 1)
    .map(({ text }) => text)
    .join(' .');
}

/** The other side's reply, unless it declines. A step said last on the call needs none. */
export function agreement(call: HeardCall, turn: HeardTurn): HeardTurn[] | null {
  const reply = call.turns[turn.index + 1];
  if (!reply) return [];
  if (
    classifyReply(reply.text) === 'no' &&
    !/ (no problem|thats (fine|good)|no thats|(to|just|can|have (him|her|them)) (call|ring|phone) (me|us))(?= |$)/.test(
      reply.text,
    )
  )
    return null;
  if (
    / (ill call you|i will call you|dont call|let me (think|talk|call you)|let me be the one|let it be me|youll hear from me|ill be the one|ill get back|not (yet|today)|rather not)(?= |$)/.test(
      reply.text,
    )
  )
    return null;
  return [reply];
}
