import type { CompiledCriterion } from './compile-scorecard.ts';
import { type Cue, findCue } from './cue.ts';
import { conclusions } from './find-conclusions.ts';
import { refusals } from './find-refusals.ts';
import { replies } from './find-replies.ts';
import { datedEvents, statements } from './find-statements.ts';
import type { Finding } from './finding.ts';
import { type HeardCall, occurs } from './heard-call.ts';

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
    // but who calls by mistake and declines the service does not want it
    const declines = call.unrelated && compiled.criterion.intent;
    if (fromCaller && heardFrom !== 'agent' && (!call.unrelated || declines)) {
      const stated = statements(turn, heard.yes, heard.no, 2, 'statement', compiled.criterion.intent);
      // "did you change plans this fall" "no, not changing": the answer to that question, not a refusal to look
      const before = call.turns[turn.index - 1];
      const elsewhere =
        compiled.criterion.intent &&
        turn.text.split(' ').length <= 7 &&
        before?.speaker === 'agent' &&
        !findCue(heard.asks, before.text) &&
        call.asksOther(before);
      found.push(
        ...stated.filter(({ value }) => (declines ? value === 'no' : !(elsewhere && value === 'no'))),
      );
      if (!declines) found.push(...datedEvents(heard, turn, call));
    }
    // an announcement stays one even where the guess about the speaker is wrong
    if (!fromCaller || (heardFrom === 'agent' && call.inferred))
      found.push(...conclusions(turn, call, heard));
    if (!fromCaller) found.push(...replies(heard, turn, call));
  }
  if (compiled.topic && call.refusals.length > 0) found.push(...refusals(compiled.topic, call.refusal, call));
  // within one turn, what answers the question outweighs what is said besides
  const besides = ({ kind }: Finding) => (kind === 'statement' ? 0 : 1);
  return found.sort((a, b) => a.turn.index - b.turn.index || besides(a) - besides(b));
}
