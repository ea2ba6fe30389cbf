import { lastWords } from './clause.ts';
import { type Cue, findCue, findCues } from './cue.ts';
import type { Finding } from './finding.ts';
import { callerTurnBefore, type HeardCall } from './heard-call.ts';

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
export function refusals(topic: Cue, refusal: Cue, call: HeardCall): Finding[] {
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
