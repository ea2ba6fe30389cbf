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
        if (flag === 'abusive' && guardOf(turn.text, at) === 'third_party') return false;
        if (flag !== 'dnc_request') return true;
        return !ofOthers.test(sentenceBefore(turn, at)) && !forNow.test(turn.text.slice(at + length));
      });
    });
    if (turns.length > 0) found.push({ flag, turns });
  }
  return found;
}
