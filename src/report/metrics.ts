import { type RawBuilder, sql } from 'kysely';
import type { MetricBody } from '../contract/reports.ts';
import type { MeasureId } from './measures.ts';

type Fragment = RawBuilder<unknown>;

/** Sums over one group of calls: the measures, and two estimates that need the buyer's other calls. */
export type Summed = MeasureId | 'qualified_not_billed_money' | 'sale_heard_not_reported_money';

/** A metric: its definition for people and, beside it, the expression over the row `m` of Summed that computes it. */
export type Metric = MetricBody & { value: Fragment };

const m = (id: Summed): Fragment => sql.ref(`m.${id}`);

function count(id: MeasureId, label: string, definition: string): Metric {
  return { id, label, unit: 'count', definition, denominator: null, value: m(id) };
}

function money(id: Summed, label: string, definition: string): Metric {
  return { id, label, unit: 'money', definition, denominator: null, value: m(id) };
}

/** Money of a disagreement: 0 where calls were scored and none disagrees, unknown where none was scored. */
function atStake(
  id: Summed & `${string}_money`,
  counted: MeasureId,
  label: string,
  definition: string,
): Metric {
  const value = sql`case when ${m(counted)} = 0 and ${m('scored')} > 0 then 0.00 else ${m(id)} end`;
  return { id, label, unit: 'money', definition, denominator: null, value };
}

type Ratio = {
  id: string;
  label: string;
  definition: string;
  denominator: string;
  of: MeasureId;
  by: MeasureId;
};

function percent({ id, label, definition, denominator, of, by }: Ratio): Metric {
  const value = sql`round(100.0 * ${m(of)} / nullif(${m(by)}, 0), 2)::float8`;
  return { id, label, unit: 'percent', definition, denominator, value };
}

function mean(
  unit: 'money' | 'seconds' | 'score',
  { id, label, definition, denominator, of, by }: Ratio,
): Metric {
  const exact = sql`${m(of)} / nullif(${m(by)}, 0)`;
  const value = unit === 'money' ? sql`round(${exact}, 2)` : sql`round(${exact}, 1)::float8`;
  return { id, label, unit, definition, denominator, value };
}

const profit = sql`(${m('revenue')} - ${m('payout')})`;

/**
 * Every metric, defined here and nowhere else; docs/reports.md is generated from it. A value is null where
 * nothing is known: nothing to divide by, or no call that carries the amount. Test calls never count.
 */
export const metrics: Metric[] = [
  count('calls', 'Calls', 'All calls but test calls, whether they were connected or not.'),
  count('connected', 'Connected', 'Calls with a connected length above 0 seconds.'),
  {
    id: 'no_connect',
    label: 'Not connected',
    unit: 'count',
    definition: 'Calls − connected; calls whose connected length is unknown are among them.',
    denominator: null,
    value: sql`${m('calls')} - ${m('connected')}`,
  },
  percent({
    id: 'connect_rate',
    label: 'Connect rate',
    definition: 'Connected ÷ calls.',
    denominator: 'calls',
    of: 'connected',
    by: 'calls',
  }),
  count('duplicates', 'Duplicates', 'Calls that the platform marked as duplicate.'),
  mean('seconds', {
    id: 'average_connected_length',
    label: 'Average connected length',
    definition:
      'Connected seconds ÷ connected calls. Not handling time: hold and after-call work are unknown.',
    denominator: 'connected',
    of: 'connected_seconds',
    by: 'connected',
  }),

  count(
    'converted',
    'Converted (reported)',
    'Calls that the platform reports as converted: its own criterion, usually a length or a postback, not a sale.',
  ),
  percent({
    id: 'conversion_rate',
    label: 'Conversion rate (reported)',
    definition: 'Connected calls reported as converted ÷ connected calls.',
    denominator: 'connected',
    of: 'converted_connected',
    by: 'connected',
  }),
  count('reported_sales', 'Sales reported', 'Calls with a reported sale count or sale amount above 0.'),
  money('sale_amount', 'Sale amount reported', 'Sum of the reported sale amounts.'),
  count('billed', 'Billed', 'Calls with a reported revenue above 0.'),

  count('scored', 'Scored', 'Calls whose recording was transcribed and judged.'),
  percent({
    id: 'coverage',
    label: 'Coverage',
    definition:
      'Connected calls that were scored ÷ connected calls. What was found holds for these calls only.',
    denominator: 'connected',
    of: 'scored_connected',
    by: 'connected',
  }),
  count('conversations', 'Conversations', 'Scored calls in which caller and agent talked to each other.'),
  count(
    'qualified',
    'Qualified',
    'Scored calls whose caller is a prospect and fails no gate of the scorecard.',
  ),
  percent({
    id: 'qualified_rate',
    label: 'Qualified rate',
    definition:
      'Qualified conversations ÷ conversations. Callers of whom too little is known stay in the denominator.',
    denominator: 'conversations',
    of: 'qualified_conversations',
    by: 'conversations',
  }),
  count('billable', 'Billable', 'Scored calls that are billable by the scorecard’s rules.'),
  count('to_review', 'To review', 'Scored calls whose billability a person must decide.'),
  count(
    'heard_sales',
    'Sales heard',
    'Scored calls with a sale, or an application taken, in the conversation.',
  ),
  percent({
    id: 'flag_rate',
    label: 'Flag rate',
    definition: 'Scored calls with at least one flag ÷ scored calls.',
    denominator: 'scored',
    of: 'flagged',
    by: 'scored',
  }),
  mean('score', {
    id: 'average_score',
    label: 'Average score',
    definition: 'Mean score, 0 to 100, of the scored calls that have one.',
    denominator: 'scored calls with a score',
    of: 'score_sum',
    by: 'score_count',
  }),

  money('revenue', 'Revenue', 'Sum of the reported revenue: what buyers owe.'),
  money('payout', 'Payout', 'Sum of the reported affiliate payout: what publishers are owed.'),
  money('cost', 'Cost', 'Sum of the reported cost, as the platform defines it; not part of profit.'),
  {
    id: 'profit',
    label: 'Profit',
    unit: 'money',
    definition: 'Revenue − payout; unknown while no call carries a revenue, or none a payout.',
    denominator: null,
    value: profit,
  },
  {
    id: 'margin',
    label: 'Margin',
    unit: 'percent',
    definition: '(Revenue − payout) ÷ revenue, in percent.',
    denominator: 'revenue',
    value: sql`round(100.0 * ${profit} / nullif(${m('revenue')}, 0), 2)::float8`,
  },
  mean('money', {
    id: 'rpc_incoming',
    label: 'RPC (all calls)',
    definition: 'Revenue ÷ calls.',
    denominator: 'calls',
    of: 'revenue',
    by: 'calls',
  }),
  mean('money', {
    id: 'rpc_connected',
    label: 'RPC (connected)',
    definition: 'Revenue of connected calls ÷ connected calls.',
    denominator: 'connected',
    of: 'revenue_connected',
    by: 'connected',
  }),

  count('disagreements', 'Disagreements', 'Scored calls with at least one of the four disagreements below.'),
  percent({
    id: 'disagreement_rate',
    label: 'Disagreement rate',
    definition: 'Calls with a disagreement ÷ scored calls.',
    denominator: 'scored',
    of: 'disagreements',
    by: 'scored',
  }),
  count(
    'billed_not_qualified',
    'Billed, not qualified',
    'Calls with a revenue above 0 that the scorecard’s rules find not billable.',
  ),
  atStake(
    'billed_not_qualified_money',
    'billed_not_qualified',
    'Billed, not qualified: money',
    'Sum of the revenue of these calls.',
  ),
  count(
    'qualified_not_billed',
    'Qualified, not billed',
    'Calls that are billable by the scorecard’s rules and carry no revenue.',
  ),
  atStake(
    'qualified_not_billed_money',
    'qualified_not_billed',
    'Qualified, not billed: money (estimate)',
    'Estimate: per call, the average revenue of the same buyer’s billed calls in the report’s period and under ' +
      'its filters by name, place and time. Calls of a buyer without any billed call are left out.',
  ),
  count(
    'sale_heard_not_reported',
    'Sale heard, not reported',
    'Calls with a sale in the conversation and neither a sale count nor a sale amount reported.',
  ),
  atStake(
    'sale_heard_not_reported_money',
    'sale_heard_not_reported',
    'Sale heard, not reported: money (estimate)',
    'Estimate: per call, the average sale amount that the same buyer reported in the report’s period and under ' +
      'its filters by name, place and time. Calls of a buyer who reported no amount are left out.',
  ),
  count(
    'sale_reported_not_heard',
    'Sale reported, not heard',
    'Scored calls with a reported sale and neither a sale nor an application in the conversation.',
  ),
  atStake(
    'sale_reported_not_heard_money',
    'sale_reported_not_heard',
    'Sale reported, not heard: money',
    'Sum of the reported sale amounts of these calls.',
  ),
];

/** The definitions alone, as they cross the wire. */
export const metricDefinitions: MetricBody[] = metrics.map(({ value: _, ...definition }) => definition);
