import { sql } from 'kysely';
import { type Metric, m, mean, money } from './metric.ts';

const profit = sql`((${m('revenue')}) - (${m('payout')}))`;
/** Money as the platform reports it. */
export const moneyMetrics: Metric[] = [
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
];
