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

/** What stands and stays, where the score stage runs because only reported facts changed. */
export type Kept = {
  /** The version that stands: an event does not change by what a call is judged. */
  scorecard: Scorecard;
  /** False: the call has another date than it was judged by, against which ages count. */
  judgement: boolean;
};

/**
 * What stays as it is, where the score stage runs because only reported facts changed: words and questions are
 * the same, so asking a judge again would cost time and money, and replace a judge or version that somebody chose by
 * publishing a rescore.
 * @returns null where the call has to be judged by the scorecard that it is meant for: it never was judged, or is meant
 *   for another one now (other than a newer version of the same)
 */
export async function readKept(
  db: Database,
  call: CallToJudge,
  scorecards: ScorecardStore,
): Promise<Kept | null> {
  const { rows } = await sql`
    select from call_stage where call_id = ${call.id} and stage = 'score' and input = ${factsOnly}`.execute(
    db,
  );
  const found = rows.length > 0 ? await readEvaluation(db, call) : null;
  if (!found) return null;
  const meant = (await scorecards.current()).meantFor(call.assign);
  const before = call.meantFor === null ? namesOf(found) : [call.meantFor];
  if (!before.includes(meant)) return null;
  const scorecard = await scorecards.find(found.scorecard, found.scorecard_version);
  return scorecard && { scorecard, judgement: found.outcome.callDate === call.callDate };
}

/** The judgement that stands. @returns null where there is none, or its scorecard is not kept */
export async function readStandingJudgement(
  db: Database,
  call: Pick<CallToJudge, 'evaluationId'>,
  scorecards: ScorecardStore,
): Promise<StandingJudgement | null> {
  const found = await readEvaluation(db, call);
  if (!found) return null;
  const scorecard = await scorecards.find(found.scorecard, found.scorecard_version);
  return scorecard && { scorecard, judgement: readJudgement(found.judge, found.answers, found.outcome) };
}

type Row = {
  scorecard: string;
  scorecard_version: string;
  judge: string;
  answers: Answer[];
  outcome: StoredOutcome;
};

async function readEvaluation(
  db: Database,
  { evaluationId }: Pick<CallToJudge, 'evaluationId'>,
): Promise<Row | null> {
  const { rows } = await sql<Row>`
    select scorecard, scorecard_version, judge, answers, outcome from evaluation where id = ${evaluationId}`.execute(
    db,
  );
  return rows[0] ?? null;
}

/** What a call may have been meant for that was judged before that was kept. */
function namesOf({ scorecard, scorecard_version: version }: Row): string[] {
  return [scorecard, `${scorecard}@${version}`];
}
