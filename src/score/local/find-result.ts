import type { Result } from '../../domain/outcome.ts';
import { isReported, lastWords, sentenceBefore } from './clause.ts';
import type { CompiledScorecard } from './compile-scorecard.ts';
import { findCue, findCues } from './cue.ts';
import { type HeardCall, occurs } from './heard-call.ts';
import type { HeardTurn } from './heard-text.ts';
import { isPrice, SaidAmounts } from './price.ts';
import { classifyReply } from './reply.ts';
import { isBareHour, isFixed, sharesTime, timeIn } from './spoken-time.ts';

export type HeardResult = { result: Result; turns: HeardTurn[] };

const unless =
  / (if|once|when|unless|until|till|agree|want me to|would you like|do you want|ready to)(?= |$)/;
const denied =
  / (not|no|never|might|maybe|would|could|cant|wont|havent|hasnt|dont|isnt|before|after|get you|got to get)(?= |$)/;
const document =
  / (application|app|enroll\w*|agreement|contract|retainer|docusign|docu sign|documents?|paperwork|packet|papers|e sign|esign|signature|sign|submit\w*|request|marketplace|plan|policy)(?= |$)/;
const openOrPast =
  / (whenever|id have to see|ill have to see|depends|leave it open|when (was|were|did|is your)|what (day|date) (was|did)|how long ago|happened|(date of )?birth\w*|born|diagnosed|hit me|hit you|last (week|month|year|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|ago)(?= |$)/;
const accepting =
  / (works|perfect|ill take|see you|ill be (here|there|home)|thats (fine|good|perfect|great)|sounds good|thatll work|fine|that one|deal|its a date|put me (down|in)|book (it|me)|do that|lets do)(?= |$)/;

const money = / (dollars?|bucks|cents|a month|per month|premium|percent|and change)(?= |$)/;
/** "It won't be at two": an hour at which it will not be. */
const unwantedTime = / (not|wont be|isnt|never|anything but) (at|on|before|after) \w+/g;

/** The highest step of the ladder that stood at the end of the call, with the turns that show it. */
export function findResult(call: HeardCall, compiled: CompiledScorecard): HeardResult {
  let reached: HeardResult[] = [];
  const said = new SaidAmounts();
  const steps = compiled.results.filter(({ agent, caller }) => occurs(call, agent) || occurs(call, caller));
  for (const turn of call.turns) {
    if (turn.speaker === 'ivr') continue;
    reached.push(...stepsAt(turn, call, compiled, steps, said));
    if (turn.speaker === 'caller') {
      said.hear(turn.text);
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
  said: SaidAmounts,
): HeardResult[] {
  const steps: HeardResult[] = [];
  const pending = findCue(compiled.cues.pending ?? null, turn.text) !== null;
  for (const { result, agent, caller } of ladder) {
    const places = findCues(turn.speaker === 'agent' ? agent : caller, turn.text);
    if (result === 'quote') {
      if (places.some((match) => !isDenied(turn.text, match.at) && isPrice(turn.text, match, said)))
        steps.push({ result, turns: [turn] });
      continue;
    }
    const match = places.find(({ at, length }) => !isConditional(turn, at) && !isYetToCome(turn, at, length));
    if (!match || sendsElsewhere(turn)) continue;
    if (result === 'sale' || result === 'application') {
      // nobody buys before anything was said
      if (turn.index < 4 || !isReported(turn, match.at, match.length)) continue;
      if (result === 'application' && !document.test(around(call, turn, 8))) continue;
      steps.push({ result: pending ? 'application' : result, turns: [turn] });
    } else if (result === 'callback' || result === 'appointment') {
      const agreed = agreement(call, turn);
      if (!agreed) continue;
      const near = [turn, ...agreed].map(({ text }) => text.replace(unwantedTime, '')).join(' .');
      if (result === 'callback')
        steps.push({
          result: timeIn(near).hour || hourAsked(turn, agreed) ? 'appointment' : 'callback',
          turns: [turn, ...agreed],
        });
      else if (isForCallBack(turn, agreed, call, compiled))
        steps.push({ result: 'callback', turns: [turn, ...agreed] });
      else if (
        !isSum(turn, match) &&
        (turn.speaker === 'agent' || findCue(compiled.cues.scheduling ?? null, around(call, turn))) &&
        (isFixed(around(call, turn, 6)) || timeIn(near).day)
      )
        steps.push({ result, turns: [turn, ...agreed] });
    }
  }
  const settled = negotiated(turn, call, compiled);
  if (settled) steps.push({ result: 'appointment', turns: settled });
  return steps;
}

/** "I come out at eleven eighty": an amount, no hour. */
function isSum({ text }: HeardTurn, { at, length }: { at: number; length: number }) {
  return (
    Number(/ (\d+)$/.exec(text.slice(at, at + length))?.[1]) > 12 && !timeIn(text.slice(at, at + length)).hour
  );
}

/** "I'd call Hopkins, he'll come tonight": what somebody else will do. */
function sendsElsewhere({ speaker, text }: HeardTurn): boolean {
  return (
    speaker === 'agent' &&
    / (id|i would|you could|you can|you might|youd|best to|just) (call|try|ask|go to|go with|contact) (?!me|us|back|this)/.test(
      text,
    )
  );
}

/** "What time works" "eleven". */
function hourAsked(turn: HeardTurn, replies: readonly HeardTurn[]) {
  return (
    / what time(?= |$)/.test(turn.text) &&
    replies.some(({ text }) => /^( [a-z]+){0,4} ([1-9]|1[0-2]|one)(?= |$)/.test(text))
  );
}

function isDenied(text: string, at: number) {
  return / (not|never|isnt|no|wasnt)(?= |$)/.test(lastWords(text.slice(0, at), 2));
}

function isConditional(turn: HeardTurn, at: number) {
  const { text } = turn;
  const before = sentenceBefore(turn, at);
  // a clause with its own subject starts anew: "i would. i'll call you tomorrow"
  if (/^ (i|ill|im|we|well|he|hell|she|shell|they|theyll)(?= )/.test(text.slice(at)))
    return unless.test(lastWords(before, 4)) || / (not|never)$/.test(before);
  // "no fee unless we win im sending it": the condition belongs to what stands before the new subject
  if (/ (unless|until|till) (\w+ ){1,6}(im|ive|ill|weve|were|id|its|thats)( \w+)?$/.test(before))
    return denied.test(lastWords(before, 2));
  // "a letter telling you it's been approved" is yet to come
  if (/ (telling you|tell you|saying|letting you know|to say)( that)?( its| it is| it)?$/.test(before)) return true;
  return unless.test(lastWords(before, 9)) || denied.test(lastWords(before, 3));
}

/** "and then you're covered", "you're covered once you pay": what comes after something else has not come. */
function isYetToCome(turn: HeardTurn, at: number, length: number) {
  const after = turn.text
    .slice(at + length)
    .split(' ')
    .slice(0, 5)
    .join(' ');
  return (
    / (and|only|but) then$/.test(sentenceBefore(turn, at)) ||
    /^( \w+){0,2} (once|not before|only after|as soon as|not until)(?= |$)/.test(after)
  );
}

/** One side names a time where a visit is being arranged, the other accepts it or says it again. */
function negotiated(turn: HeardTurn, call: HeardCall, compiled: CompiledScorecard): HeardTurn[] | null {
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
function isForCallBack(
  turn: HeardTurn,
  replies: readonly HeardTurn[],
  call: HeardCall,
  compiled: CompiledScorecard,
) {
  const calling = compiled.results.find(({ result }) => result === 'callback')?.agent ?? null;
  if (!findCue(calling, around(call, turn))) return false;
  return ![turn, ...replies].some(({ text }) => timeIn(text).hour || isBareHour(text));
}

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
    / (ill call you|i will call you|dont call|let me (think|talk|call you)|let me be the one|let it be me|youll hear from me|ill be the one|ill get back|not (yet|today)|rather not)(?= |$)/.test(
      reply.text,
    )
  )
    return null;
  return [reply];
}
