import type { Turn } from '../../domain/transcript.ts';
import { sentenceBefore } from './clause.ts';
import type { CompiledScorecard } from './compile-scorecard.ts';
import { type Cue, findCue, findLastHolding } from './cue.ts';
import { type HeardTurn, hear } from './heard-text.ts';
import { inferSpeakers } from './infer-speakers.ts';

/** A call as the local judge hears it: levelled turns with speakers, and where the agent turned the caller away. */
export type HeardCall = {
  turns: HeardTurn[];
  /** Turn indexes at which the agent says that something cannot be done for this caller. */
  refusals: number[];
  /** The cue by which they were found. */
  refusal: Cue;
  /** Whether the agent reads out in a turn what he must on every call. */
  announces: (turn: HeardTurn) => boolean;
  /** All levelled text, to rule out cues that stand nowhere in the call. */
  all: string;
  /** The transcript has punctuation, so a question mark means something. */
  punctuated: boolean;
  /** No channel told who speaks; the speakers are inferred from what is said. */
  inferred: boolean;
  /** The caller has other business; what the agent lets pass says nothing about the criteria. */
  unrelated: boolean;
  /** Whether the agent asks in a turn about a gate other than what the caller came for. */
  asksOther: (turn: HeardTurn) => boolean;
  /** ISO 8601, or null. */
  callDate: string | null;
};

/** Levels a transcript, infers missing speakers, and finds refusals. */
export function hearCall(
  turns: readonly Turn[],
  scorecard: CompiledScorecard,
  callDate: string | null,
): HeardCall {
  const heard = inferSpeakers(turns.map((turn, index) => hear(turn, index)));
  const refusal = scorecard.cues.refusal ?? null;
  // what must be read out on every call turns nobody away
  const announcements = scorecard.criteria
    .filter(({ criterion }) => criterion.heardFrom === 'agent')
    .map(({ agentYes }) => agentYes);
  const others = scorecard.criteria
    .filter(({ criterion }) => criterion.gate && !criterion.intent)
    .flatMap(({ asks, asksReversed }) => [asks, asksReversed]);
  const announces = ({ text }: HeardTurn) => announcements.some((cue) => findCue(cue, text));
  return {
    turns: heard,
    announces,
    refusal,
    refusals: heard
      .filter((turn) => turn.speaker === 'agent' && refuses(turn, refusal) && !announces(turn))
      .map(({ index }) => index),
    all: heard.map(({ text }) => text).join(' .'),
    punctuated: turns.some(({ text }) => /[a-z][.?!]/i.test(text)),
    inferred: turns.some(({ speaker }) => speaker === 'unknown'),
    asksOther: ({ text }) => others.some((cue) => findCue(cue, text)),
    unrelated: false,
    callDate,
  };
}

/** "Don't take it": told the caller not to, which turns nobody away. */
function refuses(turn: HeardTurn, refusal: Cue): boolean {
  return (
    findLastHolding(
      refusal,
      turn.text,
      ({ at }) =>
        !/^ (dont|do not)(?= )/.test(turn.text.slice(at)) ||
        !/^( (so|and|but|please|okay|no|well|just|now))*$/.test(sentenceBefore(turn, at)),
    ) !== null
  );
}

/** True when a cue stands anywhere in the call: a cheap test before looking turn by turn. */
export function occurs(call: HeardCall, cue: Cue): boolean {
  return cue?.test(call.all) ?? false;
}

/** The caller's next turns after `index`, at most `count`, no further than `reach` turns on. */
export function callerTurnsAfter(call: HeardCall, index: number, count: number, reach = 4): HeardTurn[] {
  const found: HeardTurn[] = [];
  for (let i = index + 1; i < call.turns.length && i <= index + reach && found.length < count; i++)
    if (call.turns[i]!.speaker === 'caller') found.push(call.turns[i]!);
  return found;
}

/** The caller's last turn before `index`, or null. */
export function callerTurnBefore(call: HeardCall, index: number): HeardTurn | null {
  for (let i = index - 1; i >= 0; i--) {
    const turn = call.turns[i]!;
    if (turn.speaker === 'caller' && turn.text !== '') return turn;
  }
  return null;
}
