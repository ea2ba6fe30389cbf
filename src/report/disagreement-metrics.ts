import { atStake, count, type Metric, percent } from './metric.ts';

/** Where report and conversation disagree, and what it costs. */
export const disagreementMetrics: Metric[] = [
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
    'qualified_not_billed_known',
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
    'sale_heard_not_reported_known',
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
    'sale_reported_not_heard_known',
  ),
];
