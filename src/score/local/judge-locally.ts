import type { Answer, Evidence, Judgement } from '../../domain/answer.ts';
import type { Scorecard } from '../../domain/scorecard.ts';
import type { Turn } from '../../domain/transcript.ts';
import { answerCriterion, evidenceOf } from './answer-criterion.ts';
import { compileScorecard } from './compile-scorecard.ts';
import { findDisqualifier } from './find-disqualifier.ts';
import { findFlags } from './find-flags.ts';
import { findReached } from './find-reached.ts';
import { findResult, type HeardResult } from './find-result.ts';
import { hearCall } from './heard-call.ts';
import type { HeardTurn } from './heard-text.ts';
import { settleResult } from './settle-result.ts';

/** Name and version of the local judge; a change in how it reads a call raises the version. */
export const localJudge = 'local-1';

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
  const other = findDisqualifier(call, compiled);
  const reach = findReached(call, compiled, other !== null);
  const quote = (turn: HeardTurn): Evidence => evidenceOf({ turn, at: 0, length: turn.text.length }, turns);
  const inConversation = reach.reached === 'conversation';

  const heard: HeardResult = inConversation ? findResult(call, compiled) : { result: 'none', turns: [] };
  const disqualifier = inConversation ? other : null;
  const about = inConversation && disqualifier === null;
  call.unrelated = disqualifier !== null;
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
      : paid && { why: 'paid to call', turns: paid.turns };
  const answers = ground
    ? withoutIntent(judged, scorecard, ground.why, ground.turns.slice(0, 1).map(quote))
    : judged;
  const robot = reach.robocall && reach.turn !== null ? call.turns[reach.turn] : undefined;
  const result = settleResult(heard, call, disqualifier, answers, compiled);
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

/** Who calls for something else, or for a gift, does not want the service, unless he plainly said that he does. */
function withoutIntent(answers: Answer[], scorecard: Scorecard, why: string, evidence: Evidence[]): Answer[] {
  const intent = scorecard.criteria.find((criterion) => criterion.intent)?.id;
  return answers.map((answer) =>
    answer.criterion !== intent || answer.confidence >= 0.9
      ? answer
      : { ...answer, value: 'no', confidence: 0.75, evidence, note: `called for something else: ${why}` },
  );
}

const tellsIntent: ReadonlySet<string> = new Set([
  'existing_customer',
  'service_request',
  'test_call',
  'job_seeker',
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
