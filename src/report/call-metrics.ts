import { sql } from 'kysely';
import { count, type Metric, m, mean, money, percent } from './metric.ts';

/** Traffic, time, and what the platform itself says of its calls. */
export const callMetrics: Metric[] = [
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
];
