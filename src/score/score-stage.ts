import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { StageHandler } from '../db/stage.ts';
import type { Judgement } from '../domain/answer.ts';
import { Failure } from '../domain/failure.ts';
import type { Outcome } from '../domain/outcome.ts';
import { decideOutcome } from '../domain/policy.ts';
import type { Scorecard } from '../domain/scorecard.ts';
import type { Turn } from '../domain/transcript.ts';
import { checkEvidence } from './evidence.ts';
import type { Judge } from './judge.ts';
import type { ScorecardLibrary } from './scorecard-library.ts';

type CallToScore = {
  vertical: string | null;
  call_date: Date | null;
  connected_call_length: string | null;
  is_duplicate: boolean | null;
  scorecard: string | null;
  turns: Turn[] | null;
};

/**
 * Stage 5: judges a call's transcript by its scorecard and writes evaluation and outcome. Running it again on
 * the same words with the same scorecard and judge replaces the evaluation; anything else adds one.
 */
export function makeScoreStage(deps: {
  db: Database;
  judge: Judge;
  scorecards: ScorecardLibrary;
}): StageHandler {
  return async (callId, signal) => {
    const call = await readCall(deps.db, callId);
    if (!call) return { skip: 'the call is gone' };
    if (!call.turns) return { skip: 'the call has no transcript' };
    const { turns } = call;
    const scorecard = chooseScorecard(deps.scorecards, call);
    const judged = await deps.judge({
      turns,
      scorecard,
      callDate: call.call_date?.toISOString() ?? null,
      signal,
    });
    const judgement = checkEvidence(judged, turns);
    const outcome = decideOutcome(judgement, scorecard, {
      connectedSeconds: call.connected_call_length === null ? null : Number(call.connected_call_length),
      duplicate: call.is_duplicate,
    });
    const id = evaluationId(callId, scorecard, judgement.judge, turns);
    return { write: (tx) => save(tx, id, callId, scorecard, judgement, outcome) };
  };
}

async function readCall(db: Database, callId: string): Promise<CallToScore | undefined> {
  const { rows } = await sql<CallToScore>`
    select c.vertical, c.call_date, c.connected_call_length, c.is_duplicate, n.scorecard, t.turns
    from call c
    join connection n on n.id = c.connection_id
    left join transcript t on t.call_id = c.id
    where c.id = ${callId}`.execute(db);
  return rows[0];
}

function chooseScorecard(library: ScorecardLibrary, { scorecard, vertical }: CallToScore): Scorecard {
  const known = library.all.map(({ id }) => id).join(', ');
  if (scorecard) {
    const found = library.byId(scorecard);
    if (!found)
      throw new Failure(
        'score.no-scorecard',
        'park',
        `The connection names scorecard "${scorecard}"; known are ${known}.`,
      );
    return found;
  }
  if (!vertical)
    throw new Failure(
      'score.no-scorecard',
      'park',
      'The call has no vertical and its connection no scorecard.',
    );
  const found = library.byVertical(vertical);
  if (!found)
    throw new Failure(
      'score.no-scorecard',
      'park',
      `No scorecard answers to vertical "${vertical}"; known are ${known}.`,
    );
  return found;
}

/** The same words judged the same way have the same id, so that a rerun replaces its own row. */
function evaluationId(callId: string, scorecard: Scorecard, judge: string, turns: readonly Turn[]) {
  const spoken = turns.map(({ speaker, start, text }) => [speaker, start, text]);
  const content = JSON.stringify([callId, scorecard.id, scorecard.version, judge, spoken]);
  return `eval_${createHash('sha256').update(content).digest('hex').slice(0, 26)}`;
}

async function save(
  tx: Database,
  id: string,
  callId: string,
  scorecard: Scorecard,
  judgement: Judgement,
  outcome: Outcome,
): Promise<void> {
  await sql`
    insert into evaluation (id, call_id, scorecard, scorecard_version, judge, answers, outcome)
    values (${id}, ${callId}, ${scorecard.id}, ${scorecard.version}, ${judgement.judge},
      ${JSON.stringify(judgement.answers)}::jsonb,
      ${JSON.stringify({ ...outcome, resultEvidence: judgement.result.evidence, disqualifier: judgement.disqualifier, flagEvidence: judgement.flags })}::jsonb)
    on conflict (id) do update set answers = excluded.answers, outcome = excluded.outcome, created_at = now()`.execute(
    tx,
  );
  await sql`
    update call set evaluation_id = ${id}, reached = ${outcome.reached}, prospect = ${outcome.prospect},
      reason = ${outcome.reason}, result = ${outcome.result}, billable = ${outcome.billable},
      billable_reason = ${outcome.billableReason}, score = ${outcome.score}, flags = ${outcome.flags}::text[],
      explanation = ${outcome.explanation}, scored_at = now()
    where id = ${callId}`.execute(tx);
}
