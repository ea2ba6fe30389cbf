import { lastWords } from './clause.ts';
import type { CompiledCriterion } from './compile-scorecard.ts';
import { findCue } from './cue.ts';
import type { Finding } from './finding.ts';
import { callerTurnsAfter, type HeardCall } from './heard-call.ts';
import type { HeardTurn } from './heard-text.ts';
import { classifyReply, isAsked } from './reply.ts';

// "do you have both": asked, not concluded
function isInverted(text: string, at: number): boolean {
  return (
    / (do|does|did|are|is|were|was|have|has|can|could|will|would)$/.test(text.slice(0, at)) &&
    /^ (you|he|she|they)(?= )/.test(text.slice(at))
  );
}

// what the agent's own side does is told, not asked: no reply contradicts it
const ofOurSide = / (i|im|ive|ill|we|weve|our|my)(?= |$)/;

/** What the agent concludes aloud, unless the caller contradicts it at once. */
export function conclusions(turn: HeardTurn, call: HeardCall, compiled: CompiledCriterion): Finding[] {
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
