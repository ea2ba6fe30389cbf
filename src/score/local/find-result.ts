import type { Result } from '../../domain/outcome.ts';
import type { CompiledScorecard } from './compile-scorecard.ts';
import { findCue } from './cue.ts';
import { type HeardCall, occurs } from './heard-call.ts';
import type { HeardTurn } from './heard-text.ts';
import { classifyReply } from './reply.ts';

export type HeardResult = { result: Result; turns: HeardTurn[] };

const clock =
  / ((at|by|around|between|from|for|say|about|its|like) ([1-9]|1[0-2]|[1-9]\d\d|1[0-2]\d\d)( (thirty|fifteen|forty five|am|pm|oclock|sharp|30|15|45|or \d+|to \d+))?|([1-9]|1[0-2]|[1-9]\d\d|1[0-2]\d\d) (am|pm|oclock|thirty|fifteen|sharp|30|15|45|in the (morning|afternoon|evening))|noon|\d{1,2} to \d{1,2}|same time|half past \d+|(quarter|ten|twenty|5|10|15|20) (to|after|past) \d{1,2}|[1-9](30|15|45)|1[0-2](30|15|45|00))(?= |$)/;
const day =
  / (today|tomorrow|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday|the \d{1,2}(st|nd|rd|th)|the (first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|[a-z]+teenth|eleventh|twelfth|twentieth|thirtieth)|next week|this (week|afternoon|evening|morning)|(january|february|march|april|june|july|august|september|october|november|december) [a-z0-9]+)(?= |$)/;
const dayPart = / (morning|afternoon|evening|after lunch|lunchtime|first thing|midday)(?= |$)/;
const unless =
  / (if|once|when|unless|until|till|agree|want me to|would you like|do you want|ready to)(?= |$)/;
const denied =
  / (not|no|never|would|could|cant|wont|havent|hasnt|dont|isnt|before|after|get you|got to get)(?= |$)/;

/** The highest step of the ladder that stood at the end of the call, with the turns that show it. */
export function findResult(call: HeardCall, compiled: CompiledScorecard): HeardResult {
  let reached: HeardResult[] = [];
  const said = new Set<string>();
  const steps = compiled.results.filter(({ agent, caller }) => occurs(call, agent) || occurs(call, caller));
  for (const turn of call.turns) {
    if (turn.speaker === 'ivr') continue;
    reached.push(...stepsAt(turn, call, compiled, steps, said));
    if (turn.speaker === 'caller') {
      for (const [number] of turn.text.matchAll(/\d[\d.]*/g)) said.add(number);
      if (findCue(compiled.cues.withdrawal ?? null, turn.text))
        reached = reached.filter(({ result }) => result === 'quote');
    }
  }
  const ladder: Result[] = ['sale', 'application', 'appointment', 'callback', 'quote'];
  for (const result of ladder) {
    const held = reached.filter((one) => one.result === result);
    if (held.length > 0) return { result, turns: held.at(-1)!.turns };
  }
  return { result: 'none', turns: [] };
}

function stepsAt(
  turn: HeardTurn,
  call: HeardCall,
  compiled: CompiledScorecard,
  ladder: CompiledScorecard['results'],
  said: Set<string>,
): HeardResult[] {
  const steps: HeardResult[] = [];
  const pending = findCue(compiled.cues.pending ?? null, turn.text) !== null;
  for (const { result, agent, caller } of ladder) {
    const match = findCue(turn.speaker === 'agent' ? agent : caller, turn.text);
    if (!match || isConditional(turn.text, match.at)) continue;
    if (result === 'quote') {
      // an amount that the caller named is no price
      const amounts = turn.text.slice(match.at, match.at + match.length).match(/\d[\d.]*/g) ?? [];
      if (!amounts.every((amount) => said.has(amount))) steps.push({ result, turns: [turn] });
    } else if (result === 'sale') steps.push({ result: pending ? 'application' : 'sale', turns: [turn] });
    else if (result === 'application') steps.push({ result, turns: [turn] });
    else if (result === 'callback' || result === 'appointment') {
      const agreed = agreement(call, turn);
      if (!agreed) continue;
      const near = [turn, ...agreed].map(({ text }) => text).join(' .');
      if (result === 'callback')
        steps.push({
          result: clock.test(near) || hourAsked(turn, agreed) ? 'appointment' : 'callback',
          turns: [turn, ...agreed],
        });
      else if (isForCallBack(turn, agreed, call, compiled))
        steps.push({ result: 'callback', turns: [turn, ...agreed] });
      else if (timed(around(call, turn, 6))) steps.push({ result, turns: [turn, ...agreed] });
    }
  }
  const settled = negotiated(turn, call, compiled);
  if (settled) steps.push({ result: 'appointment', turns: settled });
  return steps;
}

/** "What time works" "eleven". */
function hourAsked(turn: HeardTurn, replies: readonly HeardTurn[]) {
  return (
    / what time(?= |$)/.test(turn.text) &&
    replies.some(({ text }) => /^( [a-z]+){0,4} ([1-9]|1[0-2])(?= |$)/.test(text))
  );
}

function isConditional(text: string, at: number) {
  const before = text.slice(0, at).split(' ').slice(1);
  const last = (count: number) =>
    before
      .slice(-count)
      .map((word) => ` ${word}`)
      .join('');
  return unless.test(last(9)) || denied.test(last(3));
}

/** A day and an hour, or a day and a part of it. */
function timed(text: string) {
  return (day.test(text) && (clock.test(text) || dayPart.test(text))) || clock.test(text);
}

/** One side names a time where a visit is being arranged, the other accepts it or says it again. */
function negotiated(turn: HeardTurn, call: HeardCall, compiled: CompiledScorecard): HeardTurn[] | null {
  const next = call.turns[turn.index + 1];
  if (!next || turn.speaker === 'ivr' || next.speaker === turn.speaker) return null;
  if (!(clock.test(turn.text) || day.test(turn.text) || bareHour.test(turn.text))) return null;
  if (/ (number|phone|dial|extension|area code|zip)(?= |$)/.test(turn.text)) return null;
  const about = around(call, turn);
  const arranging = findCue(compiled.cues.scheduling ?? null, about);
  if (!arranging || !timed(about)) return null;
  if (isForCallBack(turn, [next], call, compiled)) return null;
  const echoes =
    shareTime(turn.text, next.text) ||
    (/ what time(?= |$)/.test(turn.text) && (clock.test(next.text) || bareHour.test(next.text)));
  const accepts =
    turn.speaker === 'agent' &&
    (/ (works|perfect|ill take|see you|ill be (here|there|home)|thats (fine|good|perfect)|sounds good|thatll work|fine|that one|deal|its a date|put me (down|in)|book (it|me))(?= |$)/.test(
      next.text,
    ) ||
      /^ (okay|yes|yeah|yep|sure|good)(?= |$)/.test(next.text));
  if (
    classifyReply(next.text) === 'no' ||
    (turn.speaker === 'agent' && isConditional(turn.text, turn.text.length))
  )
    return null;
  return (echoes || accepts) && turn.text.length < 160 ? [turn, next] : null;
}

/** A call at no set hour is a call back, whatever day it is on. */
function isForCallBack(
  turn: HeardTurn,
  replies: readonly HeardTurn[],
  call: HeardCall,
  compiled: CompiledScorecard,
) {
  const calling = compiled.results.find(({ result }) => result === 'callback')?.agent ?? null;
  if (!findCue(calling, around(call, turn))) return false;
  return ![turn, ...replies].some(({ text }) => clock.test(text) || bareHour.test(text));
}

/** The reply says the hour or the day of the offer again. */
function shareTime(offer: string, reply: string): boolean {
  const times = / (?:[1-9]|1[0-2]|[1-9][0-5]\d|1[0-2][0-5]\d|noon|[a-z]+day|tomorrow|tonight)(?= |$)/g;
  const offered = new Set(offer.match(times) ?? []);
  return (reply.match(times) ?? []).some((time) => offered.has(time));
}

const bareHour = /^( \w+){0,3} ([1-9]|1[0-2]|[1-9](30|15|45)|1[0-2](30|15|45))( \w+)?$/;

function around(call: HeardCall, turn: HeardTurn, reach = 3) {
  return call.turns
    .slice(Math.max(0, turn.index - reach), turn.index + reach + 1)
    .map(({ text }) => text)
    .join(' .');
}

/** The other side's reply, unless it declines. A step said last on the call needs none. */
function agreement(call: HeardCall, turn: HeardTurn): HeardTurn[] | null {
  const reply = call.turns[turn.index + 1];
  if (!reply) return [];
  if (
    classifyReply(reply.text) === 'no' &&
    !/ (no problem|thats (fine|good)|no thats)(?= |$)/.test(reply.text)
  )
    return null;
  if (
    / (ill call you|i will call you|dont call|let me (think|talk|call you)|not (yet|today)|rather not)(?= |$)/.test(
      reply.text,
    )
  )
    return null;
  return [reply];
}
