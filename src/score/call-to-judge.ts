import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { ReportedMoney } from '../domain/disagreement.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { CallFacts } from '../domain/policy.ts';
import type { Review } from '../domain/review.ts';
import type { Scorecard } from '../domain/scorecard.ts';
import type { Turn } from '../domain/transcript.ts';
import type { CallToAssign } from './scorecard-set.ts';

/** All that judging a call needs, and what stands now. */
export type CallToJudge = {
  id: string;
  assign: CallToAssign;
  /** Null: not transcribed. */
  turns: Turn[] | null;
  /** ISO 8601; null where the platform sent none. */
  callDate: string | null;
  facts: CallFacts;
  /** Reviews that stand. */
  reviews: Review[];
  evaluationId: string | null;
  /** For which scorecard it was meant when it was judged (ScorecardSet.meantFor); null: not known. */
  meantFor: string | null;
  /** The outcome that stands; null: never scored. */
  outcome: Outcome | null;
  reported: ReportedMoney;
};

type Row = {
  id: string;
  connection_id: string;
  connection_scorecard: string | null;
  time_zone: string;
  vertical: string | null;
  buyer_name: string | null;
  campaign_name: string | null;
  publisher_name: string | null;
  inbound_number_state: string | null;
  call_date: Date | null;
  connected_call_length: string | null;
  is_duplicate: boolean | null;
  revenue: string | null;
  sale_amount: string | null;
  sale_count: string | null;
  evaluation_id: string | null;
  meant_for: string | null;
  reached: Outcome['reached'];
  prospect: Outcome['prospect'];
  reason: string | null;
  result: Outcome['result'];
  billable: Outcome['billable'];
  billable_reason: string;
  score: string | null;
  flags: Outcome['flags'];
  explanation: string;
  turns: Turn[] | null;
  reviews: Review[] | null;
};

/**
 * Reads calls by id, in the order of their ids; such as are gone are left out. Turns come without the times of their
 * single words: ten times as much as all that is judged.
 */
export async function readCallsToJudge(db: Database, ids: readonly string[]): Promise<CallToJudge[]> {
  const { rows } = await sql<Row>`
    select c.id, c.connection_id, n.scorecard as connection_scorecard, n.time_zone, c.vertical, c.buyer_name,
      c.campaign_name, c.publisher_name, c.inbound_number_state, c.call_date, c.connected_call_length,
      c.is_duplicate, c.revenue, c.sale_amount, c.sale_count, c.evaluation_id, c.meant_for, c.reached, c.prospect, c.reason,
      c.result, c.billable, c.billable_reason, c.score, c.flags, c.explanation,
      case when t.call_id is not null then (
        select coalesce(jsonb_agg(turn - 'words' || '{"words": []}' order by place), '[]')
        from jsonb_array_elements(t.turns) with ordinality said (turn, place)) end as turns,
      (select json_agg(json_build_object('field', r.field, 'subject', r.subject, 'value', r.value,
          'prospectReason', r.prospect_reason, 'evidence', r.evidence, 'reason', r.reason,
          'reviewedBy', r.reviewed_by) order by r.reviewed_at)
        from review r where r.call_id = c.id and r.undone_at is null) as reviews
    from call c join connection n on n.id = c.connection_id left join transcript t on t.call_id = c.id
    where c.id = any(${ids}::text[]) order by c.id`.execute(db);
  return rows.map(toCall);
}

function toCall(row: Row): CallToJudge {
  const callDate = row.call_date?.toISOString() ?? null;
  return {
    id: row.id,
    assign: {
      connectionId: row.connection_id,
      connectionScorecard: row.connection_scorecard,
      vertical: row.vertical,
      buyerName: row.buyer_name,
      campaignName: row.campaign_name,
    },
    turns: row.turns,
    callDate,
    facts: {
      connectedSeconds: row.connected_call_length === null ? null : Number(row.connected_call_length),
      duplicate: row.is_duplicate,
      callAt: callDate,
      timeZone: row.time_zone,
      state: row.inbound_number_state,
      buyer: row.buyer_name,
      campaign: row.campaign_name,
      publisher: row.publisher_name,
    },
    reviews: row.reviews ?? [],
    evaluationId: row.evaluation_id,
    meantFor: row.meant_for,
    outcome: row.evaluation_id === null ? null : readOutcome(row),
    reported: { revenue: row.revenue, saleAmount: row.sale_amount, saleCount: row.sale_count },
  };
}

function readOutcome({
  reached,
  prospect,
  reason,
  result,
  billable,
  flags,
  explanation,
  ...row
}: Row): Outcome {
  return {
    reached,
    prospect,
    reason,
    result,
    billable,
    flags,
    explanation,
    billableReason: row.billable_reason,
    score: row.score === null ? null : Number(row.score),
  };
}

/**
 * Looks up when the same caller was last connected with the same buyer, where the scorecard's billing rules ask.
 * @returns facts with `daysSinceLastCall`
 */
export async function withLastCall(
  db: Database,
  call: Pick<CallToJudge, 'id' | 'facts'>,
  scorecard: Pick<Scorecard, 'policy'>,
): Promise<CallFacts> {
  return (await withLastCalls(db, [{ call, scorecard }]))[0]!;
}

/** The same for many calls, in their order, with one question to the database or none. */
export async function withLastCalls(
  db: Database,
  asked: readonly { call: Pick<CallToJudge, 'id' | 'facts'>; scorecard: Pick<Scorecard, 'policy'> }[],
): Promise<CallFacts[]> {
  const windows = asked
    .map(({ call, scorecard }) => ({ id: call.id, days: windowOf(scorecard) }))
    .filter(({ days }) => days > 0);
  if (windows.length === 0) return asked.map(({ call }) => call.facts);
  const { rows } = await sql<{ id: string; days: number | null }>`
    select c.id, extract(epoch from c.call_at - (
      select max(b.call_at) from call b
      where b.buyer_name = c.buyer_name and b.caller_id = c.caller_id and b.id <> c.id
        and b.connected and not b.is_test
        and b.call_at < c.call_at and b.call_at >= c.call_at - make_interval(secs => w.days * 86400)
    ))::float8 / 86400 as days
    from unnest(${windows.map(({ id }) => id)}::text[], ${windows.map(({ days }) => days)}::float8[]) w(id, days)
    join call c on c.id = w.id`.execute(db);
  const since = new Map(rows.map(({ id, days }) => [id, days]));
  const isAsked = new Set(windows.map(({ id }) => id));
  return asked.map(({ call: { id, facts } }) =>
    isAsked.has(id) ? { ...facts, daysSinceLastCall: since.get(id) ?? null } : facts,
  );
}

/** The longest time back, in days, for which billing rules ask; 0: they do not. */
function windowOf({ policy }: Pick<Scorecard, 'policy'>): number {
  return Math.max(0, ...policy.map(({ when }) => when.duplicateWithinDays ?? 0));
}
