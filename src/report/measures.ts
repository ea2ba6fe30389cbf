import { type RawBuilder, sql } from 'kysely';

type Fragment = RawBuilder<unknown>;

/**
 * A number that can be added up over groups of calls: how many of `call c` fulfil `when`, or the `sum` of an
 * expression over them (null where it is unknown for all). Ratios are made of these afterwards (metrics.ts).
 */
type Measure = { when?: Fragment; sum?: Fragment };

const connected = sql`c.connected`;
const scored = sql`c.scored_at is not null`;
const conversation = sql`c.scored_at is not null and c.reached = 'conversation'`;

const measureMap = {
  calls: {},
  connected: { when: connected },
  duplicates: { when: sql`c.is_duplicate` },
  converted: { when: sql`c.converted` },
  converted_connected: { when: sql`c.converted and c.connected` },
  connected_seconds: { when: connected, sum: sql`c.connected_call_length` },

  scored: { when: scored },
  scored_connected: { when: sql`${scored} and c.connected` },
  conversations: { when: conversation },
  qualified: { when: sql`c.prospect = 'qualified'` },
  qualified_conversations: { when: sql`${conversation} and c.prospect = 'qualified'` },
  billable: { when: sql`c.billable = 'yes'` },
  to_review: { when: sql`c.billable = 'review'` },
  heard_sales: { when: sql`c.heard_sale` },
  flagged: { when: sql`${scored} and cardinality(c.flags) > 0` },
  score_sum: { when: scored, sum: sql`c.score` },
  score_count: { when: sql`${scored} and c.score is not null` },

  billed: { when: sql`c.reported_billed` },
  reported_sales: { when: sql`c.reported_sale` },
  sale_amount: { sum: sql`c.sale_amount` },
  revenue: { sum: sql`c.revenue` },
  revenue_connected: { when: connected, sum: sql`c.revenue` },
  payout: { sum: sql`c.affiliate_payout` },
  cost: { sum: sql`c.cost` },

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
} as const satisfies Record<string, Measure>;

export type MeasureId = keyof typeof measureMap;
export const measures: Record<MeasureId, Measure> = measureMap;
export const measureIds = Object.keys(measureMap) as MeasureId[];

/**
 * The aggregate over calls `c`.
 * @param among condition that a call must fulfil besides
 */
export function aggregate({ when, sum }: Measure, among: Fragment): Fragment {
  const condition = when ? sql`(${among}) and ${when}` : among;
  return sum ? sql`sum(${sum}) filter (where ${condition})` : sql`count(*) filter (where ${condition})`;
}
