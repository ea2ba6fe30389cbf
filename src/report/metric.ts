import { type RawBuilder, sql } from 'kysely';
import type { MetricBody } from '../contract/reports.ts';
import type { MeasureId } from './measures.ts';

type Fragment = RawBuilder<unknown>;

/** Sums over one group of calls: the measures, and two estimates that need the buyer's other calls, with their counts. */
type Summed = MeasureId | EstimateId;
type EstimateId =
  | `qualified_not_billed_${'money' | 'known'}`
  | `sale_heard_not_reported_${'money' | 'known'}`;

/**
 * A metric: its definition for people and, beside it, the expression over the row `m` of Summed that computes it. A
 * `rate` says which counts it is the share of, so that its certainty can be told; `known`, of which of the calls that a sum
 * of money is about the amount is known.
 */
export type Metric = MetricBody & {
  value: Fragment;
  rate?: { of: MeasureId; by: MeasureId };
  known?: { n: Summed; of: MeasureId };
};

/** Sums that are unknown where none of the calls carries the amount, with the count that tells. */
const knownBy: Partial<Record<Summed, MeasureId>> = {
  connected_seconds: 'connected',
  connect_wait: 'connect_wait_known',
  score: 'score_known',
  score_squares: 'score_known',
  sale_amount: 'sale_amount_known',
  revenue: 'revenue_known',
  revenue_connected: 'revenue_connected_known',
  payout: 'payout_known',
  cost: 'cost_known',
  billed_not_qualified_money: 'billed_not_qualified',
  sale_reported_not_heard_money: 'sale_reported_not_heard_known',
};

/** The sum `id` of the group, null where nothing of it is known. */
export function m(id: Summed): Fragment {
  const known = knownBy[id];
  const sum = sql.ref(`m.${id}`);
  return known ? sql`case when ${sql.ref(`m.${known}`)} > 0 then ${sum} end` : sum;
}

/** A metric that is a count of calls. */
export function count(id: MeasureId, label: string, definition: string): Metric {
  return { id, label, unit: 'count', definition, denominator: null, value: m(id) };
}

/** A metric that is a sum of money. */
export function money(id: Summed, label: string, definition: string): Metric {
  return { id, label, unit: 'money', definition, denominator: null, value: m(id) };
}

/** Money of a disagreement: 0 where calls were scored and none disagrees, unknown where none was scored. */
export function atStake(
  id: Summed & `${string}_money`,
  counted: MeasureId,
  label: string,
  definition: string,
  known: Summed = counted,
): Metric {
  const value = sql`case when ${m(counted)} = 0 and ${m('scored')} > 0 then 0.00 else ${m(id)} end`;
  return {
    id,
    label,
    unit: 'money',
    definition,
    denominator: null,
    value,
    known: { n: known, of: counted },
  };
}

type Ratio = {
  id: string;
  label: string;
  definition: string;
  denominator: string;
  of: MeasureId;
  by: MeasureId;
};

/** The share that `of` has of `by`, in percent of two decimals; null where `by` is 0. */
export function percent({ id, label, definition, denominator, of, by }: Ratio): Metric {
  const value = sql`round(100.0 * ${m(of)} / nullif(${m(by)}, 0), 2)::float8`;
  return { id, label, unit: 'percent', definition, denominator, value, rate: { of, by } };
}

/** `of` per `by`: money in two decimals, all else in one; null where `by` is 0. */
export function mean(
  unit: 'money' | 'seconds' | 'score',
  { id, label, definition, denominator, of, by }: Ratio,
): Metric {
  const exact = sql`(${m(of)}) / nullif(${m(by)}, 0)`;
  const value = unit === 'money' ? sql`round(${exact}, 2)` : sql`round(${exact}, 1)::float8`;
  return { id, label, unit, definition, denominator, value };
}
