import type { Answer } from '../../domain/answer.ts';
import type { CompiledScorecard } from './compile-scorecard.ts';
import { findCue } from './cue.ts';
import type { HeardDisqualifier } from './find-disqualifier.ts';
import type { HeardResult } from './find-result.ts';
import type { HeardCall } from './heard-call.ts';
import type { HeardTurn } from './heard-text.ts';

/**
 * Below a quote the ladder has `information` and `none`: information when the caller got an answer or a next
 * step about the service. Somebody who called for something else gets it only where the agent told him where
 * to turn.
 */
export function settleResult(
  heard: HeardResult,
  call: HeardCall,
  disqualifier: HeardDisqualifier | null,
  answers: readonly Answer[],
  compiled: CompiledScorecard,
): HeardResult {
  const agents = call.turns.filter(({ speaker }) => speaker === 'agent');
  if (disqualifier) {
    const own = disqualifier.reason === 'existing_customer' || disqualifier.reason === 'service_request';
    if (own && (heard.result === 'callback' || (heard.result === 'appointment' && isArranged(heard, call))))
      return heard;
    if (disqualifier.reason !== 'existing_customer') return { result: 'none', turns: [] };
  } else if (heard.result !== 'none' && !isIdle(heard, call, failedGate(answers, compiled) !== undefined))
    return heard;
  if (agents.length < 2 || (!disqualifier && nothingKnown(answers, compiled))) return heard;
  const intent = compiled.criteria.find(({ criterion }) => criterion.intent)?.criterion.id;
  if (!disqualifier && answers.some(({ criterion, value }) => criterion === intent && value === 'no'))
    return { result: 'none', turns: [] };
  const failed = failedGate(answers, compiled);
  // who could be served and heard only that something is not done on the telephone got no answer
  const refused = disqualifier || !failed ? undefined : call.turns[call.refusals.at(-1) ?? -1];
  const guidance = agents.filter(
    ({ text, index }) => index > 2 && findCue(compiled.cues.guidance ?? null, text),
  );
  const last = guidance.at(-1) ?? refused ?? toldWhy(failed, agents);
  if (last) return { result: 'information', turns: [last] };
  const explained = agents
    .filter(
      ({ text, index }) =>
        index > (disqualifier ? 1 : 3) && text.split(' ').length > (disqualifier ? 10 : 16),
    )
    .at(-1);
  return explained ? { result: 'information', turns: [explained] } : { result: 'none', turns: [] };
}

const arranging =
  / (book|schedule|reschedule|put (you|it|him|her) (down|in)|set (you|it|that) (up|for)|move (you|it|that)|how about|does|would|works?|i can (get|do|have)|we can (get|do|have)|i have|ive got|weve got|what (day|time)|send (somebody|someone|him|her|a|the))(?= |$)/;

/** "He's running late and will be there in an hour": when somebody comes who was sent for before is news, no visit. */
function isArranged({ turns }: HeardResult, call: HeardCall) {
  const at = turns[0]?.index ?? 0;
  return call.turns.slice(Math.max(0, at - 4), at + 2).some(({ text }) => arranging.test(text));
}

/** Nobody said what he has or wants: where nothing was asked or told, nothing was answered. */
function nothingKnown(answers: readonly Answer[], { criteria }: CompiledScorecard) {
  const gates = criteria.filter(({ criterion }) => criterion.gate).map(({ criterion }) => criterion.id);
  return answers.every(({ criterion, value }) => value === 'unknown' || !gates.includes(criterion));
}

/** What it would cost somebody who cannot have it is no price; nobody visits whom the agent turned away. */
function isIdle({ result, turns }: HeardResult, { refusals }: HeardCall, failed: boolean) {
  if (!failed) return false;
  return (
    result === 'quote' ||
    (result === 'appointment' && refusals.some((at) => at >= (turns[0]?.index ?? 0) - 6))
  );
}

/** Who fails a gate and hears so got an answer: the agent's words at the failed answer or the next after it. */
function toldWhy(failed: Answer | undefined, agents: readonly HeardTurn[]) {
  const at = failed?.evidence[0]?.turn;
  return at === undefined ? undefined : agents.find(({ index }) => index >= at);
}

function failedGate(answers: readonly Answer[], { criteria }: CompiledScorecard): Answer | undefined {
  const gates = criteria.filter(({ criterion }) => criterion.gate).map(({ criterion }) => criterion.id);
  return answers.find(({ criterion, value }) => value === 'no' && gates.includes(criterion));
}
