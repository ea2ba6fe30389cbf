import type { Reached } from '../../domain/outcome.ts';
import type { CompiledScorecard } from './compile-scorecard.ts';
import { findCue } from './cue.ts';
import type { HeardCall } from './heard-call.ts';

export type HeardReach = { reached: Reached; robocall: boolean; turn: number | null };

const leaving =
  / (i have to|ill have to|got to go|ill call (you )?back|have to go|bad time|wrong button|never mind|one second|hold (on|please)|can you hold)(?= |$)/;

/** Who spoke with whom at all. `hasOtherBusiness`: the caller said why he called, though not for this service. */
export function findReached(
  call: HeardCall,
  compiled: CompiledScorecard,
  hasOtherBusiness: boolean,
): HeardReach {
  const spoken = call.turns.filter(({ text }) => text !== '');
  const by = (speaker: string) => spoken.filter((turn) => turn.speaker === speaker);
  const callers = by('caller');
  const agents = by('agent');
  const words = (turns: typeof spoken) =>
    turns.reduce((sum, { text }) => sum + text.split(' ').length - 1, 0);
  if (words(spoken) < 2) return { reached: 'no_conversation', robocall: false, turn: null };

  const robot = callers.filter(({ text }) => findCue(compiled.cues.robocall ?? null, text));
  if (robot.length > 0 && callers.length <= 8)
    return { reached: 'no_conversation', robocall: true, turn: robot[0]!.index };

  const greeting = spoken.find(
    (turn) => turn.speaker !== 'caller' && findCue(compiled.cues.voicemail ?? null, turn.text),
  );
  if (greeting && agents.filter(({ index }) => index > greeting.index).length === 0)
    return { reached: 'voicemail', robocall: false, turn: greeting.index };

  if (agents.length === 0 && words(callers) < 12)
    return {
      reached: by('ivr').length > 0 ? 'ivr_only' : 'no_conversation',
      robocall: false,
      turn: spoken[0]!.index,
    };
  if (callers.length === 0 || words(callers) < 2)
    return agents.length > 0
      ? {
          reached: by('ivr').length > 0 || words(agents) > 3 ? 'caller_left' : 'no_conversation',
          robocall: false,
          turn: agents[0]!.index,
        }
      : { reached: 'ivr_only', robocall: false, turn: spoken[0]!.index };

  const total = words(callers) + words(agents);
  if (
    total < 70 &&
    words(callers) < 30 &&
    !hasOtherBusiness &&
    !findCue(compiled.cues.purpose ?? null, callers.map(({ text }) => text).join(' .'))
  ) {
    const last = spoken.at(-1)!;
    const turn = last.index;
    // whoever speaks last into silence was left
    if (last.speaker === 'caller' && !leaving.test(last.text))
      return { reached: 'agent_left', robocall: false, turn };
    return { reached: 'caller_left', robocall: false, turn };
  }
  return { reached: 'conversation', robocall: false, turn: null };
}
