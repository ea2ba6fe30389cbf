/** Which columns are shown together; every metric of docs/reports.md is in one of them. */
export const metricSets = {
  calls: {
    label: 'Calls',
    ids: [
      ...['calls', 'connected', 'no_connect', 'connect_rate', 'duplicates', 'repeats', 'repeat_rate'],
      ...['average_connected_length', 'average_time_to_connect', 'converted', 'conversion_rate'],
      ...['reported_sales', 'reported_sale_rate'],
    ],
  },
  quality: {
    label: 'Quality',
    ids: [
      ...[
        'scored',
        'coverage',
        'conversations',
        'qualified',
        'qualified_rate',
        'billable',
        'billable_rate',
        'to_review',
      ],
      ...[
        'heard_sales',
        'heard_sale_rate',
        'flag_rate',
        'average_score',
        'score_spread',
        'reviewed',
        'override_rate',
      ],
      'agreement',
    ],
  },
  money: {
    label: 'Money',
    ids: [
      ...[
        'calls',
        'billed',
        'revenue',
        'payout',
        'cost',
        'profit',
        'margin',
        'epc',
        'rpc_incoming',
        'rpc_connected',
      ],
      'sale_amount',
    ],
  },
  disagreements: {
    label: 'Disagreements',
    ids: [
      ...[
        'scored',
        'disagreements',
        'disagreement_rate',
        'billed_not_qualified',
        'billed_not_qualified_money',
      ],
      ...['qualified_not_billed', 'qualified_not_billed_money', 'sale_heard_not_reported'],
      ...['sale_heard_not_reported_money', 'sale_reported_not_heard', 'sale_reported_not_heard_money'],
    ],
  },
} as const satisfies Record<string, { label: string; ids: readonly string[] }>;
export type MetricSet = keyof typeof metricSets;
