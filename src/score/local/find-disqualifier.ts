import type { NotAProspectReason } from '../../domain/outcome.ts';
import type { CompiledScorecard } from './compile-scorecard.ts';
import { findCue } from './cue.ts';
import { guardOf } from './guard.ts';
import { callerTurnsAfter, type HeardCall } from './heard-call.ts';
import type { HeardTurn } from './heard-text.ts';
import { classifyReply } from './reply.ts';

export type HeardDisqualifier = { reason: NotAProspectReason; turns: HeardTurn[]; strength: number };

/** The reason why the caller is no prospect, or null: the one with most support, the earliest among equals. */
export function findDisqualifier(call: HeardCall, compiled: CompiledScorecard): HeardDisqualifier | null {
  let best: HeardDisqualifier | null = null;
  for (const { reason, caller, agent, asks } of compiled.disqualifiers) {
    const turns: HeardTurn[] = [];
    let strength = 0;
    for (const turn of call.turns) {
      if (turn.speaker === 'caller') {
        const match = findCue(caller, turn.text);
        if (match && guardOf(turn.text, match.at) === 'stands') {
          turns.push(turn);
          strength += turn.index <= 6 ? 2 : 1;
        }
      } else if (turn.speaker === 'agent') {
        const match = findCue(agent, turn.text);
        const denied = callerTurnsAfter(call, turn.index, 1, 1).some(
          ({ text }) => classifyReply(text) === 'no',
        );
        if (match && !denied) {
          turns.push(turn);
          strength += 1.5;
        }
        const asked = findCue(asks, turn.text);
        const reply = asked ? callerTurnsAfter(call, turn.index, 1)[0] : undefined;
        if (reply && classifyReply(reply.text) === 'yes') {
          turns.push(reply);
          strength += 2;
        }
      }
    }
    if (strength >= 2 && (!best || strength > best.strength)) best = { reason, turns, strength };
  }
  return best;
}
