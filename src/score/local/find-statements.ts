import { sentenceAsks, sentenceBefore, spansSentences } from './clause.ts';
import type { CompiledCriterion } from './compile-scorecard.ts';
import { type Cue, findCue, findLastHolding } from './cue.ts';
import { pastDateIn } from './event-date.ts';
import type { Finding } from './finding.ts';
import { guardOf, isDesired } from './guard.ts';
import type { HeardCall } from './heard-call.ts';
import type { HeardTurn } from './heard-text.ts';

/** What the speaker of a turn states by himself: the last place of each value that no negation or condition undoes. */
export function statements(
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
    const place = findLastHolding(
      cue,
      turn.text,
      ({ at, length }) =>
        guardOf(turn.text, at) === 'stands' &&
        (wishesCount || kind === 'reply' || !isInquiry(turn, at)) &&
        !(length > 20 && spansSentences(turn, at, length)) &&
        (wishesCount || kind === 'reply' || !isDesired(turn.text, at)),
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

/** "What about the Roundup?": the caller asks, he states nothing. */
function isInquiry(turn: HeardTurn, at: number) {
  return (
    sentenceAsks(turn, at) &&
    /^( (so|and|but|well|okay|then))* (what|how|is|are|do|does|can|could|would|will|did|should|where|when|why|who)(?= |$)/.test(
      `${sentenceBefore(turn, at)}${turn.text.slice(at)}`,
    )
  );
}

function within(inner: Finding, outer: Finding) {
  return inner.at >= outer.at && inner.at + inner.length <= outer.at + outer.length;
}

/** A date told together with the event counts without a question: "I got rear-ended in March". */
export function datedEvents(
  { criterion, event }: CompiledCriterion,
  turn: HeardTurn,
  call: HeardCall,
): Finding[] {
  const { date } = criterion.listen;
  if (!date || !findCue(event, turn.text)) return [];
  const spoken = pastDateIn(turn.text, call.callDate);
  if (!spoken || guardOf(turn.text, spoken.at) === 'hypothetical') return [];
  const value = spoken.monthsAgo <= date.withinMonths ? 'yes' : 'no';
  return [{ kind: 'date', value, turn, at: spoken.at, length: spoken.length, strength: 2.2 }];
}
