import type { Answer, Evidence, Judgement } from '../../domain/answer.ts';
import type { Scorecard } from '../../domain/scorecard.ts';
import type { Turn } from '../../domain/transcript.ts';
import { answerCriterion, evidenceOf } from './answer-criterion.ts';
import { answerValue } from './answer-value.ts';
import { type CompiledScorecard, compileScorecard } from './compile-scorecard.ts';
import { findDisqualifier, type HeardDisqualifier } from './find-disqualifier.ts';
import { findFlags } from './find-flags.ts';
import { findReached } from './find-reached.ts';
import { findResult, type HeardResult } from './find-result.ts';
import { type HeardCall, hearCall } from './heard-call.ts';
import type { HeardTurn } from './heard-text.ts';
import { settleResult } from './settle-result.ts';

/** Name and version of the local judge; a change in how it reads a call raises the version. */
export const localJudge = 'local-5';

/**
 * Judges a call by rules alone: no model, no network, the same answer each time. Reads questions with their
 * replies, statements, corrections and refusals by the cues of the scorecard; where the words do not settle a
 * question, the answer is `unknown`.
 * @param context.callDate ISO 8601 or null; needed for "in March" and the like.
 */
export function judgeLocally(
  turns: readonly Turn[],
  scorecard: Scorecard,
  context: { callDate: string | null },
): Judgement {
  const compiled = compileScorecard(scorecard);
  const call = hearCall(turns, compiled, context.callDate);
  const other = takenForProspect(findDisqualifier(call, compiled), call, compiled);
  const reach = findReached(call, compiled, other !== null);
  const quote = (turn: HeardTurn): Evidence => evidenceOf({ turn, at: 0, length: turn.text.length }, turns);
  const inConversation = reach.reached === 'conversation';

  const heard: HeardResult = inConversation ? findResult(call, compiled) : { result: 'none', turns: [] };
  const disqualifier = inConversation ? other : null;
  const about = inConversation && disqualifier === null;
  call.unrelated = disqualifier !== null && ofOutsiders.has(disqualifier.reason);
  const judged = impliedNo(
    compiled.criteria.map((criterion) => {
      // an announcement is heard even where nobody was reached
      if (!inConversation && criterion.criterion.heardFrom !== 'agent')
        return {
          criterion: criterion.criterion.id,
          value: 'unknown',
          confidence: 0,
          evidence: [],
          note: 'no conversation took place',
        };
      if (criterion.criterion.kind !== 'yes_no') return answerValue(criterion, call, turns);
      const absent = criterion.criterion.id === 'recording_disclosed' ? inConversation : about;
      return answerCriterion(criterion, call, turns, heard, absent);
    }),
    scorecard,
  );
  const raised = inConversation ? findFlags(call, compiled) : [];
  const paid = raised.find(({ flag }) => flag === 'incentivized_caller');
  const ground =
    disqualifier && tellsIntent.has(disqualifier.reason)
      ? { why: disqualifier.reason, turns: disqualifier.turns }
      : paid && heard.result === 'none' && { why: 'paid to call', turns: paid.turns };
  const intended = ground
    ? withoutIntent(judged, scorecard, ground.why, ground.turns.slice(0, 1).map(quote))
    : judged;
  const answers = about ? withImpliedIntent(intended, scorecard, call, quote) : intended;
  const robot = reach.robocall && reach.turn !== null ? call.turns[reach.turn] : undefined;
  const result = inConversation ? settleResult(heard, call, disqualifier, answers, compiled) : heard;
  const undisclosed = answers.find(
    ({ criterion, value }) => criterion === 'recording_disclosed' && value === 'no',
  );
  return {
    judge: localJudge,
    reached: reach.reached,
    answers,
    disqualifier: robot
      ? { reason: 'robocall', evidence: [quote(robot)] }
      : disqualifier && { reason: disqualifier.reason, evidence: disqualifier.turns.slice(0, 2).map(quote) },
    result: { value: result.result, evidence: result.turns.map(quote) },
    flags: [
      ...(undisclosed && inConversation
        ? [{ flag: 'recording_not_disclosed' as const, evidence: undisclosed.evidence }]
        : []),
      ...raised.map(({ flag, turns: heardAt }) => ({ flag, evidence: heardAt.slice(0, 3).map(quote) })),
    ],
  };
}

/** Who dialled the wrong company and then heard its price or applied there became a prospect. */
function takenForProspect(
  other: HeardDisqualifier | null,
  call: HeardCall,
  compiled: CompiledScorecard,
): HeardDisqualifier | null {
  if (other?.reason !== 'wrong_number' || other.strength > 4) return other;
  return soldSteps.has(findResult(call, compiled).result) ? null : other;
}

const soldSteps: ReadonlySet<string> = new Set(['quote', 'application', 'sale']);

/**
 * Who calls by himself and answers the agent's questions wants what is sold here, until he says otherwise: two
 * answered criteria of his own are enough. The quote is where he says why he calls.
 */
function withImpliedIntent(
  answers: Answer[],
  scorecard: Scorecard,
  call: HeardCall,
  quote: (turn: HeardTurn) => Evidence,
): Answer[] {
  const intent = scorecard.criteria.find((criterion) => criterion.intent);
  const own = scorecard.criteria.filter(({ heardFrom, intent: is }) => heardFrom !== 'agent' && !is);
  const given = answers.filter(
    ({ criterion, value }) => value !== 'unknown' && own.some(({ id }) => id === criterion),
  );
  const opening = call.turns.find(({ speaker, text }) => speaker === 'caller' && text.split(' ').length > 5);
  if (!intent || !opening || given.length < 2) return answers;
  return answers.map((answer) =>
    answer.criterion !== intent.id || answer.value !== 'unknown'
      ? answer
      : {
          ...answer,
          value: 'yes',
          confidence: 0.65,
          evidence: [quote(opening)],
          note: 'called, answered the questions, and declined nothing',
        },
  );
}

/** Who calls for something else, or for a gift, does not want the service, unless he plainly said that he does. */
function withoutIntent(answers: Answer[], scorecard: Scorecard, why: string, evidence: Evidence[]): Answer[] {
  const intent = scorecard.criteria.find((criterion) => criterion.intent)?.id;
  return answers.map((answer) =>
    answer.criterion !== intent || answer.confidence >= 0.9
      ? answer
      : { ...answer, value: 'no', confidence: 0.6, evidence, note: `called for something else: ${why}` },
  );
}

const tellsIntent: ReadonlySet<string> = new Set(['existing_customer', 'service_request', 'test_call']);

/** Reasons of callers who are no customers at all. */
const ofOutsiders: ReadonlySet<string> = new Set([
  'wrong_number',
  'solicitor',
  'test_call',
  'job_seeker',
  'language',
]);

/** What follows from a `no`: whose roof it is not does not decide about it, unless he said that he does. */
function impliedNo(answers: Answer[], scorecard: Scorecard): Answer[] {
  return answers.map((answer) => {
    const cause = scorecard.criteria.find(({ listen }) => listen.impliesNo.includes(answer.criterion));
    const ground = cause && answers.find(({ criterion }) => criterion === cause.id);
    if (ground?.value !== 'no' || (answer.value !== 'unknown' && answer.confidence >= 0.8)) return answer;
    return { ...ground, criterion: answer.criterion, note: `follows from ${ground.criterion}` };
  });
}
