import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { Answer, Judgement } from '../domain/answer.ts';
import type { Scorecard } from '../domain/scorecard.ts';
import { factsOnly } from '../domain/stage.ts';
import type { CallToJudge } from './call-to-judge.ts';
import { readJudgement, type StoredOutcome } from './save-evaluation.ts';
import type { ScorecardStore } from './scorecard-store.ts';

/** What was found on a call, and by which scorecard. */
export type StandingJudgement = { judgement: Judgement; scorecard: Scorecard };

/**
 * The judgement that stands, where the score stage runs because only reported facts changed: words and questions are
 * the same, so asking a judge again would cost time and money, and replace a judge or version that somebody chose by
 * publishing a rescore.
 * @returns null where the call has to be judged: it never was, or it is meant for another scorecard now (other than a
 *   newer version of the same), or its date, against which ages count, is another one
 */
export async function readStandingJudgement(
  db: Database,
  call: CallToJudge,
  scorecards: ScorecardStore,
): Promise<StandingJudgement | null> {
  type Row = {
    scorecard: string;
    scorecard_version: string;
    judge: string;
    answers: Answer[];
    outcome: StoredOutcome;
  };
  const { rows } = await sql<Row>`
    select e.scorecard, e.scorecard_version, e.judge, e.answers, e.outcome
    from call_stage s join evaluation e on e.id = ${call.evaluationId}
    where s.call_id = ${call.id} and s.stage = 'score' and s.input = ${factsOnly}`.execute(db);
  const found = rows[0];
  if (!found || found.outcome.callDate !== call.callDate) return null;
  const { published, choose } = await scorecards.current();
  const meant = choose(call.assign);
  const isPinned = !published.includes(meant);
  if (meant.id !== found.scorecard || (isPinned && meant.version !== found.scorecard_version)) return null;
  const scorecard = await scorecards.find(found.scorecard, found.scorecard_version);
  return scorecard && { scorecard, judgement: readJudgement(found.judge, found.answers, found.outcome) };
}
