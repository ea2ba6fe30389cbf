import { sql } from 'kysely';
import type { ReviewBody } from '../contract/review.ts';
import type { NewReviewBody } from '../contract/reviews.ts';
import type { Database } from '../db/database.ts';
import type { Answer, Evidence } from '../domain/answer.ts';
import { fitsKind } from '../domain/criterion-value.ts';
import {
  billableValues,
  flagValues,
  notAProspectReasons,
  prospectValues,
  reachedValues,
  resultValues,
} from '../domain/outcome.ts';
import { decideOutcome } from '../domain/policy.ts';
import type { Scorecard } from '../domain/scorecard.ts';
import type { Turn } from '../domain/transcript.ts';
import { newId } from '../lib/ids.ts';
import { readCallsToJudge, withLastCall } from './call-to-judge.ts';
import { outcomeWithReviews } from './judge-call.ts';
import { readJudgement, type StoredOutcome, saveOutcomes } from './save-evaluation.ts';
import type { ScorecardStore } from './scorecard-store.ts';

/** A review that cannot stand, in words for the reviewer. */
export class InvalidReview extends Error {
  override name = 'InvalidReview';
}

export type ReviewDeps = { db: Database; scorecards: ScorecardStore };

type Current = { judge: string; answers: Answer[]; outcome: StoredOutcome; scorecard: Scorecard };

const outcomeValues: Record<string, readonly string[]> = {
  reached: reachedValues,
  prospect: prospectValues,
  result: resultValues,
  billable: billableValues,
  flag: ['yes', 'no'],
};

/**
 * Stores what a person says about a call, in place of what was said about the same before, and decides the outcome
 * anew by the same policy.
 * @returns the reviews; null where there is no such call
 * @throws InvalidReview
 */
export async function reviewCall(
  callId: string,
  given: readonly NewReviewBody[],
  by: string,
  { db, scorecards }: ReviewDeps,
): Promise<ReviewBody[] | null> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql`select from call where id = ${callId} for update`.execute(tx);
    if (rows.length === 0) return null;
    const current = await readCurrent(tx, callId, scorecards);
    if (!current) throw new InvalidReview('The call is not scored yet; there is nothing to review.');
    const { rows: said } = await sql<{ turns: Turn[] }>`
      select turns from transcript where call_id = ${callId}`.execute(tx);
    const ids: string[] = [];
    for (const review of given) {
      const judged = judgedValue(review, current);
      checkReview(review, judged, current.scorecard);
      ids.push(
        await insertReview(tx, callId, review, {
          by,
          judged,
          evidence: quote(review.turns, said[0]?.turns ?? []),
        }),
      );
    }
    await decideCall(tx, callId, scorecards);
    return readReviews(tx, ids);
  });
}

/** Takes a review back. @returns null where there is no such review, or it is undone already */
export async function undoReview(
  id: string,
  by: string,
  { db, scorecards }: ReviewDeps,
): Promise<ReviewBody | null> {
  return db.transaction().execute(async (tx) => {
    // the call first, as everywhere, so that two people never wait for each other
    await sql`
      select from call where id = (select call_id from review where id = ${id}) for update`.execute(tx);
    const { rows } = await sql<{ call_id: string }>`
      update review set undone_by = ${by}, undone_at = now() where id = ${id} and undone_at is null
      returning call_id`.execute(tx);
    if (!rows[0]) return null;
    await decideCall(tx, rows[0].call_id, scorecards);
    return (await readReviews(tx, [id]))[0]!;
  });
}

/** Decides the outcome of a judged call anew, by its evaluation, the reviews that stand, and today's facts. */
async function decideCall(tx: Database, callId: string, scorecards: ScorecardStore): Promise<void> {
  const current = await readCurrent(tx, callId, scorecards);
  const [call] = await readCallsToJudge(tx, [callId]);
  if (!current || !call?.evaluationId) return;
  const facts = await withLastCall(tx, call, current.scorecard);
  const judgement = readJudgement(current.judge, current.answers, current.outcome);
  const own = decideOutcome(judgement, current.scorecard, facts);
  const outcome = outcomeWithReviews({ judgement, outcome: own }, current.scorecard, facts, call.reviews);
  await saveOutcomes(tx, [{ callId, evaluationId: call.evaluationId, outcome }]);
}

async function readCurrent(
  tx: Database,
  callId: string,
  scorecards: ScorecardStore,
): Promise<Current | null> {
  type Row = {
    scorecard: string;
    scorecard_version: string;
    judge: string;
    answers: Answer[];
    outcome: StoredOutcome;
  };
  const { rows } = await sql<Row>`
    select e.scorecard, e.scorecard_version, e.judge, e.answers, e.outcome
    from call c join evaluation e on e.id = c.evaluation_id where c.id = ${callId}`.execute(tx);
  const row = rows[0];
  if (!row) return null;
  const scorecard = await scorecards.find(row.scorecard, row.scorecard_version);
  if (!scorecard)
    throw new InvalidReview(
      `The call was scored by ${row.scorecard} ${row.scorecard_version}, which is not kept here. Score it again first.`,
    );
  return { judge: row.judge, answers: row.answers, outcome: row.outcome, scorecard };
}

function judgedValue({ field, subject }: NewReviewBody, { answers, outcome }: Current): string | null {
  if (field === 'answer') return answers.find(({ criterion }) => criterion === subject)?.value ?? null;
  if (field === 'flag') return outcome.flags.some((flag) => flag === subject) ? 'yes' : 'no';
  return outcome[field];
}

function checkReview(review: NewReviewBody, judged: string | null, scorecard: Scorecard): void {
  const { field, subject, value } = review;
  const what = subject || field;
  if (field === 'answer') {
    const criterion = scorecard.criteria.find(({ id }) => id === subject);
    if (!criterion) {
      const known = scorecard.criteria.map(({ id }) => id).join(', ');
      throw new InvalidReview(`${scorecard.id} has no criterion "${subject}"; it has ${known}.`);
    }
    if (!fitsKind(criterion, value))
      throw new InvalidReview(`${subject} is a ${criterion.kind}; "${value}" is none.`);
  } else {
    const known = outcomeValues[field]!;
    if (!known.includes(value))
      throw new InvalidReview(`${what}: "${value}" is none of ${known.join(', ')}.`);
    if (field === 'flag' && !flagValues.some((flag) => flag === subject))
      throw new InvalidReview(`There is no flag "${subject}"; there are ${flagValues.join(', ')}.`);
    if (field !== 'flag' && subject !== '') throw new InvalidReview(`${field} takes no subject.`);
  }
  checkProspectReason(review, scorecard);
  if (review.reason === '' && value !== judged)
    throw new InvalidReview(`${what}: say why it is ${value} and not ${judged ?? 'as the judge found'}.`);
}

function checkProspectReason(
  { field, value, prospect_reason: reason }: NewReviewBody,
  scorecard: Scorecard,
): void {
  const known =
    field !== 'prospect'
      ? []
      : value === 'unqualified'
        ? scorecard.criteria.filter(({ gate }) => gate).map(({ id }) => id)
        : value === 'not_a_prospect'
          ? notAProspectReasons
          : [];
  if (known.length === 0 && reason !== null)
    throw new InvalidReview('A reason of its own belongs to the prospects unqualified and not_a_prospect.');
  if (known.length > 0 && !known.some((one) => one === reason))
    throw new InvalidReview(`prospect ${value} needs prospect_reason, one of ${known.join(', ')}.`);
}

/** @throws InvalidReview for a turn that is not there */
function quote(turns: readonly number[], said: readonly Turn[]): Evidence[] {
  return turns.map((turn) => {
    const found = said[turn];
    if (!found) throw new InvalidReview(`The transcript has no turn ${turn}; it has ${said.length}.`);
    return { turn, quote: found.text, speaker: found.speaker, start: found.start, end: found.end };
  });
}

async function insertReview(
  tx: Database,
  callId: string,
  { field, subject, value, prospect_reason, reason }: NewReviewBody,
  { by, judged, evidence }: { by: string; judged: string | null; evidence: Evidence[] },
): Promise<string> {
  await sql`
    update review set undone_by = ${by}, undone_at = now()
    where call_id = ${callId} and field = ${field} and subject = ${subject} and undone_at is null`.execute(
    tx,
  );
  const id = newId('rev');
  await sql`
    insert into review (id, call_id, field, subject, value, prospect_reason, evidence, reason, judged, reviewed_by)
    values (${id}, ${callId}, ${field}, ${subject}, ${value}, ${prospect_reason}, ${JSON.stringify(evidence)}::jsonb,
      ${reason === '' ? 'confirmed' : reason}, ${judged}, ${by})`.execute(tx);
  return id;
}

async function readReviews(tx: Database, ids: readonly string[]): Promise<ReviewBody[]> {
  type Row = Omit<ReviewBody, 'reviewed_at' | 'undone_at'> & { reviewed_at: Date; undone_at: Date | null };
  const { rows } = await sql<Row>`select * from review where id = any(${ids}::text[]) order by id`.execute(
    tx,
  );
  return rows.map((row) => ({
    ...row,
    reviewed_at: row.reviewed_at.toISOString(),
    undone_at: row.undone_at?.toISOString() ?? null,
  }));
}
