import type { Disagreement } from '../../words.ts';

/** The tiles, in order. `rate` names the percentage beside a count: the same as in Reports, by the same denominator. */
export const tileMetrics: { id: string; rate?: string }[] = [
  { id: 'calls' },
  { id: 'connected', rate: 'connect_rate' },
  { id: 'converted', rate: 'conversion_rate' },
  { id: 'qualified', rate: 'qualified_rate' },
  { id: 'billable', rate: 'billable_rate' },
  { id: 'revenue' },
];

/** What the chart can show. */
export const chartMetrics: { id: string; label: string }[] = [
  { id: 'calls', label: 'Calls' },
  { id: 'qualified', label: 'Qualified' },
  { id: 'revenue', label: 'Revenue' },
];

/** The four disagreements; each has a count and a money metric of this name. */
export const disagreementMetrics: Disagreement[] = [
  'billed_not_qualified',
  'qualified_not_billed',
  'sale_heard_not_reported',
  'sale_reported_not_heard',
];

/** The columns of the breakdown, in order, with a heading where the metric's own is too long for a column. */
export const tableMetrics: { id: string; heading?: string; wrong?: true }[] = [
  { id: 'calls' },
  { id: 'connected' },
  { id: 'converted', heading: 'Converted' },
  { id: 'qualified' },
  { id: 'billable' },
  { id: 'revenue' },
  { id: 'disagreements', wrong: true },
  { id: 'billed_not_qualified_money', heading: 'Billed, not qualified', wrong: true },
  { id: 'qualified_not_billed_money', heading: 'Qualified, not billed', wrong: true },
];
