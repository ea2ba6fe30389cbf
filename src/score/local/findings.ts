import { amountsIn, judgeAmounts } from './amounts.ts';
import type { CompiledCriterion } from './compile-scorecard.ts';
import { type Cue, findCue, findLastCue } from './cue.ts';
import { pastDateIn } from './event-date.ts';
import { guardOf } from './guard.ts';
import { callerTurnBefore, callerTurnsAfter, type HeardCall, occurs } from './heard-call.ts';
import type { HeardTurn } from './heard-text.ts';
import { classifyReply, isStall } from './reply.ts';

/**
 * One place in the call that speaks for yes or no. Strength: 3 the agent's conclusion, 2 and more the caller's
 * words or reply, 1 an answer that was merely accepted.
 */
export type Finding = {
  value: 'yes' | 'no';
  turn: HeardTurn;
  at: number;
  length: number;
  strength: number;
};

/** Everything in the call that bears on one criterion, in order of turns. */
export function findingsFor(compiled: CompiledCriterion, call: HeardCall): Finding[] {
  const found: Finding[] = [];
  const { criterion } = compiled;
  const own = criterion.heardFrom !== 'agent';
  const present = (cue: Cue) => (occurs(call, cue) ? cue : null);
  const yes = present(compiled.yes);
  const no = present(compiled.no);
  const agentYes = present(compiled.agentYes);
  const agentNo = present(compiled.agentNo);
  const asks = present(compiled.asks);
  const reversed = present(compiled.asksReversed);
  for (const turn of call.turns) {
    const fromCaller = turn.speaker === 'caller';
    if (fromCaller && own) found.push(...statements(turn, yes, no, 2));
    if (!fromCaller && criterion.heardFrom !== 'caller') found.push(...statements(turn, yes, no, 2));
    if (fromCaller) continue;
    found.push(...conclusions(turn, call, agentYes, agentNo));
    found.push(...replies(compiled, asks, reversed, turn, call));
  }
  if (compiled.topic && call.refusals.length > 0) found.push(...refusals(compiled.topic, call));
  return found.sort((a, b) => a.turn.index - b.turn.index);
}

function statements(turn: HeardTurn, yes: Cue, no: Cue, strength: number): Finding[] {
  const found: Finding[] = [];
  const against = findLastCue(no, turn.text);
  if (against && guardOf(turn.text, against.at) === 'stands')
    found.push({ value: 'no', turn, ...against, strength });
  const fore = findLastCue(yes, turn.text);
  if (fore && guardOf(turn.text, fore.at) === 'stands') found.push({ value: 'yes', turn, ...fore, strength });
  // both in one turn: the one said last stands, unless it lies within the other
  if (found.length < 2) return found;
  const [a, b] = found as [Finding, Finding];
  if (within(b, a)) return [a];
  if (within(a, b)) return [b];
  return [a.at > b.at ? a : b];
}

function within(inner: Finding, outer: Finding) {
  return inner.at >= outer.at && inner.at + inner.length <= outer.at + outer.length;
}

function conclusions(turn: HeardTurn, call: HeardCall, yes: Cue, no: Cue): Finding[] {
  const found: Finding[] = [];
  for (const [value, cue] of [
    ['no', no],
    ['yes', yes],
  ] as const) {
    const match = findCue(cue, turn.text);
    if (!match || hypotheticalAgent(turn.text, match.at)) continue;
    // the caller may contradict: "so you're renting" "no i own it"
    const reply = callerTurnsAfter(call, turn.index, 1, 1)[0];
    if (reply && classifyReply(reply.text) === 'no') continue;
    found.push({ value, turn, ...match, strength: value === 'no' ? 3 : 2.2 });
  }
  return found.length === 2 ? found.slice(0, 1) : found;
}

function hypotheticalAgent(text: string, at: number) {
  return / (if|unless|when|once|whether|in case)(?= |$)/.test(
    text
      .slice(0, at)
      .split(' ')
      .slice(-4)
      .map((w) => ` ${w}`)
      .join(''),
  );
}

function replies(
  compiled: CompiledCriterion,
  asks: Cue,
  reversedAsks: Cue,
  turn: HeardTurn,
  call: HeardCall,
): Finding[] {
  const reversed = findLastCue(reversedAsks, turn.text);
  const plain = findLastCue(asks, turn.text);
  const ask = reversed ?? plain;
  if (!ask) return [];
  const { criterion } = compiled;
  for (const reply of callerTurnsAfter(call, turn.index, 2)) {
    const place = { turn: reply, at: 0, length: reply.text.length };
    const spoken = statements(reply, orNull(compiled.replyYes), orNull(compiled.replyNo), 2.6)[0] ?? null;
    if (spoken) return [spoken];
    const { amount, date } = criterion.listen;
    if (amount) {
      const verdict = judgeAmounts(amountsIn(reply.text, amount), amount);
      if (verdict)
        return [
          {
            ...place,
            at: verdict.amount.at,
            length: verdict.amount.length,
            value: verdict.holds ? 'yes' : 'no',
            strength: 2.5,
          },
        ];
    }
    if (date) {
      const spokenDate = pastDateIn(reply.text, call.callDate);
      if (spokenDate)
        return [
          {
            ...place,
            at: spokenDate.at,
            length: spokenDate.length,
            value: spokenDate.monthsAgo <= date.withinMonths ? 'yes' : 'no',
            strength: 2.5,
          },
        ];
    }
    if (isStall(reply.text)) continue;
    const polarity = classifyReply(reply.text);
    // a value was asked for, so a bare yes or no tells nothing
    if (polarity !== 'unclear' && !(date && !/ (within|last|past|recent|under|less than)/.test(turn.text))) {
      const holds = reversed
        ? reversedHolds(turn.text, reversed.at, polarity, reply.text)
        : polarity === 'yes';
      return [{ ...place, value: holds ? 'yes' : 'no', strength: 2 }];
    }
    if (criterion.listen.acceptedSilently && goesOn(call, reply.index))
      return [{ ...place, value: 'yes', strength: 1 }];
    return [];
  }
  return [];
}

function orNull(cue: Cue): Cue {
  return cue;
}

/** "Do you have a lawyer" no: holds. "You don't have a lawyer, right" right: holds; "yes i do": does not. */
function reversedHolds(question: string, at: number, polarity: 'yes' | 'no', reply: string): boolean {
  const lead = question
    .slice(0, at + 12)
    .split(' ')
    .slice(-6)
    .map((word) => ` ${word}`)
    .join('');
  const negative = / (not|no|never|dont|havent|arent|isnt|nobody|no one|hasnt|nothing|wasnt)(?= |$)/.test(
    lead,
  );
  if (!negative || polarity === 'no') return polarity === 'no';
  return !/ (i do|i am|i did|i have|we do|we are|we have|actually|yes i|i was)(?= |$)/.test(reply);
}

/** The agent goes on after the answer: asks or offers more, and does not turn the caller away soon after. */
function goesOn(call: HeardCall, index: number): boolean {
  const later = call.turns.filter((turn) => turn.index > index && turn.speaker === 'agent').length;
  return later >= 2 && !call.refusals.some((at) => at > index && at <= index + 6);
}

/** A refusal that names the criterion's subject; the caller's words before it are what it answers. */
function refusals(topic: Cue, call: HeardCall): Finding[] {
  const found: Finding[] = [];
  for (const index of call.refusals) {
    const turn = call.turns[index]!;
    const match = findCue(topic, turn.text);
    if (!match) continue;
    const cause = callerTurnBefore(call, index) ?? turn;
    found.push({ value: 'no', turn: cause, at: 0, length: cause.text.length, strength: 2.8 });
  }
  return found;
}
