import { type RawBuilder, sql } from 'kysely';

type Fragment = RawBuilder<unknown>;

/**
 * A number that adds up over calls: how many of `call c` fulfil `when`, or the `sum` of an expression over them. What
 * people think of persons' reviews stands in `v` (see `reviewsJoin`). Ratios are made of these afterwards
 * (metrics.ts). A sum of amounts that may be unknown has beside it, as `<id>_known`, how many were known: without any
 * the sum is unknown, not 0.
 */
type Measure = { when?: Fragment; sum?: Fragment };

const connected = sql`c.connected`;
const scored = sql`c.scored_at is not null`;
const conversation = sql`c.scored_at is not null and c.reached = 'conversation'`;

const measureMap = {
  calls: {},
  connected: { when: connected },
  duplicates: { when: sql`c.is_duplicate` },
  repeats: { when: sql`c.is_repeat` },
  converted: { when: sql`c.converted` },
  converted_connected: { when: sql`c.converted and c.connected` },
  connected_seconds: { when: connected, sum: sql`c.connected_call_length` },
  connect_wait: { when: sql`c.time_to_connect >= 0`, sum: sql`c.time_to_connect` },
  connect_wait_known: { when: sql`c.time_to_connect >= 0` },

  scored: { when: scored },
  scored_connected: { when: sql`${scored} and c.connected` },
  conversations: { when: conversation },
  qualified: { when: sql`c.prospect = 'qualified'` },
  qualified_conversations: { when: sql`${conversation} and c.prospect = 'qualified'` },
  billable: { when: sql`c.billable = 'yes'` },
  to_review: { when: sql`c.billable = 'review'` },
  heard_sales: { when: sql`c.heard_sale` },
  flagged: { when: sql`${scored} and cardinality(c.flags) > 0` },
  score: { when: scored, sum: sql`c.score` },
  score_squares: { when: scored, sum: sql`c.score * c.score` },
  score_known: { when: sql`${scored} and c.score is not null` },

  reviewed: { when: sql`v.reviews > 0` },
  overridden: { when: sql`v.overrides > 0` },
  verdicts: { when: sql`v.judged is not null` },
  verdicts_same: { when: sql`v.judged = v.said` },
  judged_yes: { when: sql`v.judged = 'yes'` },
  judged_no: { when: sql`v.judged = 'no'` },
  said_yes: { when: sql`v.judged is not null and v.said = 'yes'` },
  said_no: { when: sql`v.judged is not null and v.said = 'no'` },

  billed: { when: sql`c.reported_billed` },
  reported_sales: { when: sql`c.reported_sale` },
  sale_amount: { sum: sql`c.sale_amount` },
  sale_amount_known: { when: sql`c.sale_amount is not null` },
  revenue: { sum: sql`c.revenue` },
  revenue_known: { when: sql`c.revenue is not null` },
  revenue_connected: { when: connected, sum: sql`c.revenue` },
  revenue_connected_known: { when: sql`c.connected and c.revenue is not null` },
  payout: { sum: sql`c.affiliate_payout` },
  payout_known: { when: sql`c.affiliate_payout is not null` },
  cost: { sum: sql`c.cost` },
  cost_known: { when: sql`c.cost is not null` },

  disagreements: {
    when: sql`(c.billed_not_qualified or c.qualified_not_billed
      or c.sale_heard_not_reported or c.sale_reported_not_heard)`,
  },
  billed_not_qualified: { when: sql`c.billed_not_qualified` },
  billed_not_qualified_money: { when: sql`c.billed_not_qualified`, sum: sql`c.revenue` },
  qualified_not_billed: { when: sql`c.qualified_not_billed` },
  sale_heard_not_reported: { when: sql`c.sale_heard_not_reported` },
  sale_reported_not_heard: { when: sql`c.sale_reported_not_heard` },
  sale_reported_not_heard_money: { when: sql`c.sale_reported_not_heard`, sum: sql`c.sale_amount` },
  sale_reported_not_heard_known: { when: sql`c.sale_reported_not_heard and c.sale_amount is not null` },

  billed_money: { when: sql`c.reported_billed`, sum: sql`c.revenue` },
  sold: { when: sql`c.sale_amount > 0` },
  sold_money: { when: sql`c.sale_amount > 0`, sum: sql`c.sale_amount` },
} as const satisfies Record<string, Measure>;

export type MeasureId = keyof typeof measureMap;
export const measures: Record<MeasureId, Measure> = measureMap;
export const measureIds = Object.keys(measureMap) as MeasureId[];

/** Reviews that stand, as `v`: how many, how many contradict the judge, and what both said about billable. */
export const reviewsJoin = sql`left join (
    select call_id, count(*) as reviews, count(*) filter (where judged is distinct from value) as overrides,
      max(judged) filter (where field = 'billable') as judged, max(value) filter (where field = 'billable') as said
    from review where undone_at is null group by call_id
  ) v on v.call_id = c.id`;

/** What one call `c` adds to these measures, as columns named like them. */
export function contributionsTo(ids: readonly MeasureId[]): Fragment {
  return sql.join(
    ids.map((id) => {
      const { when, sum } = measures[id];
      const value = sum ? sql`coalesce(${sum}, 0)` : sql`1`;
      const added = when ? sql`case when ${when} then ${value} else 0 end` : value;
      return sql`${added} as ${sql.ref(id)}`;
    }),
  );
}

/** What one call `c` adds to each measure. */
export const contributions: Fragment = contributionsTo(measureIds);

/**
 * The sums of columns that are named like the measures, under the same names. Counts of groups within one month or so
 * fit an int, and ints are summed several times as fast as PostgreSQL's bigint, whose sums are numeric.
 */
export function sumMeasures(alias: string): Fragment {
  return sql.join(
    measureIds.map((id) => {
      const cast = measures[id].sum ? sql`` : sql`::int`;
      return sql`sum(${sql.ref(`${alias}.${id}`)})${cast} as ${sql.ref(id)}`;
    }),
  );
}

/** Columns that are named like the measures, as they are or negated. */
export function measureColumns(alias: string, sign: '' | '-' = ''): Fragment {
  return sql.join(
    measureIds.map((id) => sql`${sql.raw(sign)}${sql.ref(`${alias}.${id}`)} as ${sql.ref(id)}`),
  );
}
