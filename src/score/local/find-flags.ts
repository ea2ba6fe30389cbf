import { type Flag, flagValues } from '../../domain/outcome.ts';
import { sentenceBefore, spansSentences } from './clause.ts';
import type { CompiledScorecard } from './compile-scorecard.ts';
import { findCues } from './cue.ts';
import { guardOf } from './guard.ts';
import { type HeardCall, occurs } from './heard-call.ts';
import type { HeardTurn } from './heard-text.ts';

export type HeardFlag = { flag: Flag; turns: HeardTurn[] };

// "they never call me" complains about others, it asks for nothing
const ofOthers =
  / (he|she|they|who|nobody|lawyer|people|((told|tells|telling) (me|him|her|them|us)|said)) ?$/;
// "don't call me till five" asks for an hour
const forNow = /^( \w+){0,2} (till|until|before|at|after|when|while|on a|today|tonight|right now)(?= |$)/;

// "i need your voice signature, just say you agree": what an agreement needs
const consents = /^( \w+)? (agree|understand|accept|authorize|consent)(?= |$)/;

const promised: ReadonlySet<Flag> = new Set(['misrepresentation', 'incentivized_caller']);

/** "This son of a bitch furnace is cold": said of a thing, at nobody. */
function isOfThing(text: string, at: number, length: number): boolean {
  return (
    / (this|that|the|my|our|these|those|some|stupid|old)$/.test(text.slice(0, at)) &&
    /^ (?!who|that|you|and|i|im|is|was|on|at|in)\w+/.test(text.slice(at + length))
  );
}

/** Whose words raise a flag; cues stand in the scorecard under `<flag>_caller` and `<flag>_agent`. */
export function findFlags(call: HeardCall, compiled: CompiledScorecard): HeardFlag[] {
  const found: HeardFlag[] = [];
  for (const flag of flagValues) {
    if (
      !occurs(call, compiled.cues[`${flag}_caller`] ?? null) &&
      !occurs(call, compiled.cues[`${flag}_agent`] ?? null)
    )
      continue;
    const turns = call.turns.filter((turn) => {
      if (turn.speaker !== 'caller' && turn.speaker !== 'agent') return false;
      const cue = compiled.cues[`${flag}_${turn.speaker}`] ?? null;
      return findCues(cue, turn.text).some(({ at, length }) => {
        if (spansSentences(turn, at, length)) return false;
        const guard = guardOf(turn.text, at);
        if (flag === 'abusive' && (guard === 'third_party' || isOfThing(turn.text, at, length))) return false;
        // "no, it's not a government program": who denies it promises nothing
        if (promised.has(flag) && turn.speaker === 'agent' && guard === 'negated') return false;
        if (flag === 'coached_caller' && consents.test(turn.text.slice(at + length))) return false;
        if (flag !== 'dnc_request') return true;
        return !ofOthers.test(sentenceBefore(turn, at)) && !forNow.test(turn.text.slice(at + length));
      });
    });
    if (turns.length > 0) found.push({ flag, turns });
  }
  return found;
}
