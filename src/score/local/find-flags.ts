import { type Flag, flagValues } from '../../domain/outcome.ts';
import type { CompiledScorecard } from './compile-scorecard.ts';
import { findCues } from './cue.ts';
import type { HeardCall } from './heard-call.ts';
import type { HeardTurn } from './heard-text.ts';
import { raisesFlag } from './raises-flag.ts';

export type HeardFlag = { flag: Flag; turns: HeardTurn[] };

/** Whose words raise a flag; cues stand in the scorecard under `<flag>_caller` and `<flag>_agent`. */
export function findFlags(call: HeardCall, compiled: CompiledScorecard): HeardFlag[] {
  const found: HeardFlag[] = [];
  for (const flag of flagValues) {
    const turns = call.turns.filter((turn) => {
      if (turn.speaker !== 'caller' && turn.speaker !== 'agent') return false;
      const cue = compiled.cues[`${flag}_${turn.speaker}`] ?? null;
      // most turns hold no such words, and a test is cheaper than a list
      if (!cue?.test(turn.text)) return false;
      return findCues(cue, turn.text).some((match) => raisesFlag(flag, turn, match));
    });
    if (turns.length > 0) found.push({ flag, turns });
  }
  return found;
}
