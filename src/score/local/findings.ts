import { amountsIn, judgeAmounts } from './amounts.ts';
import { lastWords } from './clause.ts';
import type { CompiledCriterion } from './compile-scorecard.ts';
import { type Cue, findCue, findCues, findLastCue } from './cue.ts';
import { pastDateIn } from './event-date.ts';
import { guardOf, isDesired } from './guard.ts';
import { callerTurnBefore, callerTurnsAfter, type HeardCall, occurs } from './heard-call.ts';
import type { HeardTurn } from './heard-text.ts';
import { classifyReply, isAsked, isNothing, isPolar, isStall, isUnsure } from './reply.ts';

/**
 * One place in the call that speaks for yes or no. Strength: 3 the agent's conclusion, 2 and more the caller's
 * words or reply, 1 an answer that was merely accepted.
 */
export type Finding = {
  kind:
    | 'statement'
    | 'reply'
    | 'amount'
    | 'date'
    | 'conclusion'
    | 'refusal'
    | 'accepted'
    | 'result'
    | 'absence';
  value: 'yes' | 'no';
  turn: HeardTurn;
  at: number;
  length: number;
  strength: number;
};

/** Everything in the call that bears on one criterion, in order of turns. */
export function findingsFor(compiled: CompiledCriterion, call: HeardCall): Finding[] {
  const found: Finding[] = [];
  const { heardFrom } = compiled.criterion;
  const present = (cue: Cue) => (occurs(call, cue) ? cue : null);
  const heard: CompiledCriterion = {
    ...compiled,
    asks: present(compiled.asks),
    asksReversed: present(compiled.asksReversed),
    yes: present(compiled.yes),
    no: present(compiled.no),
    agentYes: present(compiled.agentYes),
    agentNo: present(compiled.agentNo),
  };
  for (const turn of call.turns) {
    const fromCaller = turn.speaker === 'caller';
    // what somebody on other business says in passing settles nothing; what he is asked and answers does
    if (fromCaller && heardFrom !== 'agent' && !call.unrelated) {
      found.push(...statements(turn, heard.yes, heard.no, 2, 'statement', compiled.criterion.intent));
      found.push(...datedEvents(heard, turn, call));
    }
    // an announcement stays one even where the guess about the speaker is wrong
    if (!fromCaller || (heardFrom === 'agent' && call.inferred))
      found.push(...conclusions(turn, call, heard));
    if (!fromCaller) found.push(...replies(heard, turn, call));
  }
  if (compiled.topic && call.refusals.length > 0) found.push(...refusals(compiled.topic, call.refusal, call));
  return found.sort((a, b) => a.turn.index - b.turn.index);
}

function statements(
  turn: HeardTurn,
  yes: Cue,
  no: Cue,
  strength: number,
  kind: 'statement' | 'reply',
  wishesCount: boolean,
): Finding[] {
  const found: Finding[] = [];
  for (const [value, cue] of [
    ['no', no],
    ['yes', yes],
  ] as const) {
    const place = findCues(cue, turn.text).findLast(
      ({ at }) =>
        guardOf(turn.text, at) === 'stands' && (wishesCount || kind === 'reply' || !isDesired(turn.text, at)),
    );
    if (place) found.push({ kind, value, turn, ...place, strength });
  }
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

/** A date told together with the event counts without a question: "I got rear-ended in March". */
function datedEvents({ criterion, event }: CompiledCriterion, turn: HeardTurn, call: HeardCall): Finding[] {
  const { date } = criterion.listen;
  if (!date || !findCue(event, turn.text)) return [];
  const spoken = pastDateIn(turn.text, call.callDate);
  if (!spoken || guardOf(turn.text, spoken.at) === 'hypothetical') return [];
  const value = spoken.monthsAgo <= date.withinMonths ? 'yes' : 'no';
  return [{ kind: 'date', value, turn, at: spoken.at, length: spoken.length, strength: 2.2 }];
}

// "do you have both": asked, not concluded
function isInverted(text: string, at: number): boolean {
  return (
    / (do|does|did|are|is|were|was|have|has|can|could|will|would)$/.test(text.slice(0, at)) &&
    /^ (you|he|she|they)(?= )/.test(text.slice(at))
  );
}

// what the agent's own side does is told, not asked: no reply contradicts it
const ofOurSide = / (i|im|ive|ill|we|weve|our|my)(?= |$)/;

function conclusions(turn: HeardTurn, call: HeardCall, compiled: CompiledCriterion): Finding[] {
  for (const [value, cue] of [
    ['no', compiled.agentNo],
    ['yes', compiled.agentYes],
  ] as const) {
    const match = findCue(cue, turn.text);
    if (!match || conditional(turn.text, match.at) || isInverted(turn.text, match.at)) continue;
    // the caller may contradict: "so you're renting" "no i own it"
    const reply = callerTurnsAfter(call, turn.index, 1, 1)[0];
    if (
      reply &&
      compiled.criterion.heardFrom !== 'agent' &&
      turn.speaker === 'agent' &&
      isAsked(turn, match.at, call.punctuated) &&
      !ofOurSide.test(
        `${lastWords(turn.text.slice(0, match.at), 1)}${turn.text.slice(match.at, match.at + match.length)}`,
      ) &&
      classifyReply(reply.text) === 'no'
    )
      continue;
    return [{ kind: 'conclusion', value, turn, ...match, strength: value === 'no' ? 3 : 2.2 }];
  }
  return [];
}

function conditional(text: string, at: number) {
  const near = text
    .slice(0, at)
    .split(' ')
    .slice(-4)
    .map((word) => ` ${word}`)
    .join('');
  return / (if|unless|when|once|whether|in case)(?= |$)/.test(near);
}

function replies(compiled: CompiledCriterion, turn: HeardTurn, call: HeardCall): Finding[] {
  const reversed = findLastCue(compiled.asksReversed, turn.text);
  const ask = reversed ?? findLastCue(compiled.asks, turn.text);
  if (!ask || !isAsked(turn, ask.at, call.punctuated)) return [];
  const { criterion } = compiled;
  const { amount, date } = criterion.listen;
  const polar = isPolar(turn.text, ask.at, ask.length);
  for (const reply of callerTurnsAfter(call, turn.index, 2)) {
    const place = { turn: reply, at: 0, length: reply.text.length };
    const spoken = statements(reply, compiled.replyYes, compiled.replyNo, 2.6, 'reply', true)[0];
    if (spoken && !contradicts(spoken, reply, reversed, turn, criterion)) return [spoken];
    if (amount) {
      const heard = amount.sum ? amountsOfReply(reply, call, amount) : amountsIn(reply.text, amount);
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
    if (isStall(reply.text)) continue;
    const polarity = classifyReply(reply.text);
    // a bare yes or no answers a question for a value only where the question names the bound
    const settles =
      !(amount || date) ||
      / (over|more than|at least|above|between|within|last|past|recent|recently|less than)(?= |$)/.test(
        turn.text,
      );
    if (polarity !== 'unclear' && settles && (polar || isNothing(reply.text))) {
      const holds = reversed
        ? reversedHolds(turn.text, reversed.at, polarity, reply.text)
        : polarity === 'yes';
      // who declines the next step still wanted what he called for
      if (criterion.intent && !holds) return [];
      return [{ ...place, kind: 'reply', value: holds ? 'yes' : 'no', strength: 2 }];
    }
    if (
      criterion.listen.acceptedSilently &&
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

/** A reply that opens with a plain yes or no outweighs words further on that would say the opposite. */
function contradicts(
  spoken: Finding,
  reply: HeardTurn,
  reversed: { at: number } | null,
  question: HeardTurn,
  { intent, listen }: CompiledCriterion['criterion'],
): boolean {
  if (intent || listen.amount || listen.date) return false;
  if (!/^( \w+){0,1} (yes|yeah|yep|no|nope|nah|not)(?= |$)/.test(reply.text)) return false;
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

/** Up to twelve words each side of a match. */
function windowOf(text: string, at: number, length: number): string {
  const after = text
    .slice(at + length)
    .split(' ')
    .slice(0, 13)
    .join(' ');
  return `${lastWords(text.slice(0, at), 12)}${text.slice(at, at + length)}${after}`;
}

/** A refusal that names the criterion's subject; the caller's words before it are what it answers. */
function refusals(topic: Cue, refusal: Cue, call: HeardCall): Finding[] {
  const found: Finding[] = [];
  for (const index of call.refusals) {
    const turn = call.turns[index]!;
    // what is refused stands near the refusal; advice further on is about something else
    const near = findCues(refusal, turn.text).map(({ at, length }) => windowOf(turn.text, at, length));
    if (!near.some((text) => findCue(topic, text))) continue;
    const cause = callerTurnBefore(call, index) ?? turn;
    // "not even if my cousin drives": what is refused is a supposition
    if (/ (if|what about|how about)(?= |$)/.test(cause.text)) continue;
    found.push({
      kind: 'refusal',
      value: 'no',
      turn: cause,
      at: 0,
      length: cause.text.length,
      strength: 2.8,
    });
  }
  return found;
}
