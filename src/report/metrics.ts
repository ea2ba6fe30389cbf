import { type RawBuilder, sql } from 'kysely';
import type { MetricBody } from '../contract/reports.ts';
import type { MeasureId } from './measures.ts';

type Fragment = RawBuilder<unknown>;

/** Sums over one group of calls: the measures, and two estimates that need the buyer's other calls. */
export type Summed = MeasureId | EstimateId;
export type EstimateId = 'qualified_not_billed_money' | 'sale_heard_not_reported_money';

/**
 * A metric: its definition for people and, beside it, the expression over the row `m` of Summed that computes it. A
 * `rate` says which counts it is the share of, so that its certainty can be told.
 */
export type Metric = MetricBody & { value: Fragment; rate?: { of: MeasureId; by: MeasureId } };

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

function m(id: Summed): Fragment {
  const known = knownBy[id];
  const sum = sql.ref(`m.${id}`);
  return known ? sql`case when ${sql.ref(`m.${known}`)} > 0 then ${sum} end` : sum;
}

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
  return { id, label, unit: 'percent', definition, denominator, value, rate: { of, by } };
}

function mean(
  unit: 'money' | 'seconds' | 'score',
  { id, label, definition, denominator, of, by }: Ratio,
): Metric {
  const exact = sql`(${m(of)}) / nullif(${m(by)}, 0)`;
  const value = unit === 'money' ? sql`round(${exact}, 2)` : sql`round(${exact}, 1)::float8`;
  return { id, label, unit, definition, denominator, value };
}

const profit = sql`((${m('revenue')}) - (${m('payout')}))`;
/** Spread of the scores: the standard deviation of all of them, not of a sample. */
const spread = sql`case when m.score_known > 0 then sqrt(greatest(0, m.score_squares / m.score_known
  - (m.score / m.score_known) * (m.score / m.score_known))) end`;
/** Cohen's kappa over yes, no and review: agreement beyond what chance alone would give. */
const agreed = sql`(m.verdicts_same::numeric / nullif(m.verdicts, 0))`;
const byChance = sql`((m.judged_yes::numeric * m.said_yes + m.judged_no::numeric * m.said_no
  + (m.verdicts - m.judged_yes - m.judged_no)::numeric * (m.verdicts - m.said_yes - m.said_no))
  / nullif(m.verdicts::numeric * m.verdicts, 0))`;

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
  count('duplicates', 'Duplicates (platform)', 'Calls that the platform marked as duplicate.'),
  count(
    'repeats',
    'Duplicates (computed)',
    'Calls whose caller had called the same campaign and buyer within 30 days before, whatever the platform says. ' +
      'Callers who withhold their number are not among them. Decided a moment after a call arrives.',
  ),
  percent({
    id: 'repeat_rate',
    label: 'Duplicate rate (computed)',
    definition: 'Duplicates (computed) ÷ calls.',
    denominator: 'calls',
    of: 'repeats',
    by: 'calls',
  }),
  mean('seconds', {
    id: 'average_connected_length',
    label: 'Average connected length',
    definition:
      'Connected seconds ÷ connected calls. Not handling time: hold and after-call work are unknown.',
    denominator: 'connected',
    of: 'connected_seconds',
    by: 'connected',
  }),
  mean('seconds', {
    id: 'average_time_to_connect',
    label: 'Average time to connect',
    definition: 'Reported seconds until the target was joined ÷ calls that report them.',
    denominator: 'calls with a time to connect',
    of: 'connect_wait',
    by: 'connect_wait_known',
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
  percent({
    id: 'reported_sale_rate',
    label: 'Sale rate (reported)',
    definition: 'Calls with a reported sale ÷ calls.',
    denominator: 'calls',
    of: 'reported_sales',
    by: 'calls',
  }),
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
  percent({
    id: 'billable_rate',
    label: 'Billable rate',
    definition: 'Billable ÷ scored calls; those that a person must decide stay in the denominator.',
    denominator: 'scored',
    of: 'billable',
    by: 'scored',
  }),
  count('to_review', 'To review', 'Scored calls whose billability a person must decide.'),
  count(
    'heard_sales',
    'Sales heard',
    'Scored calls with a sale, or an application taken, in the conversation.',
  ),
  percent({
    id: 'heard_sale_rate',
    label: 'Sale rate (heard)',
    definition: 'Sales heard ÷ scored calls.',
    denominator: 'scored',
    of: 'heard_sales',
    by: 'scored',
  }),
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
    of: 'score',
    by: 'score_known',
  }),
  {
    id: 'score_spread',
    label: 'Score spread',
    unit: 'score',
    definition:
      'Standard deviation of the scores: two thirds of the calls lie about so far from the average.',
    denominator: 'scored calls with a score',
    value: sql`round(${spread}, 1)::float8`,
  },
  count('reviewed', 'Reviewed', 'Calls of which a person has reviewed an answer, a flag or the outcome.'),
  percent({
    id: 'override_rate',
    label: 'Override rate',
    definition: 'Reviewed calls in which a person contradicted the judge ÷ reviewed calls.',
    denominator: 'reviewed',
    of: 'overridden',
    by: 'reviewed',
  }),
  {
    id: 'agreement',
    label: 'Agreement (kappa)',
    unit: 'ratio',
    definition:
      'Cohen’s kappa of judge and person on billable (yes, no, review): 1 is full agreement, 0 no more than by chance.',
    denominator: 'calls whose billable a person has reviewed',
    value: sql`round((${agreed} - ${byChance}) / nullif(1 - ${byChance}, 0), 3)::float8`,
  },

  money('revenue', 'Revenue', 'Sum of the reported revenue: what buyers owe.'),
  money('payout', 'Payout', 'Sum of the reported affiliate payout: what publishers are owed.'),
  money('cost', 'Cost', 'Sum of the reported cost, as the platform defines it; not part of profit.'),
  {
    id: 'profit',
    label: 'Profit (margin amount)',
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
    value: sql`round(100.0 * ${profit} / nullif((${m('revenue')}), 0), 2)::float8`,
  },
  mean('money', {
    id: 'epc',
    label: 'EPC (per call)',
    definition: 'Payout ÷ calls: what publishers earn per call. Some platforms print it per 100 calls.',
    denominator: 'calls',
    of: 'payout',
    by: 'calls',
  }),
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
    'Estimate: per call, the average revenue of all billed calls of the same buyer in the report’s period, ' +
      'whatever its filters. Calls of a buyer without any billed call are left out.',
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
    'Estimate: per call, the average of all sale amounts that the same buyer reported in the report’s period, ' +
      'whatever its filters. Calls of a buyer who reported no amount are left out.',
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
export const metricDefinitions: MetricBody[] = metrics.map(
  ({ value: _, rate: __, ...definition }) => definition,
);
