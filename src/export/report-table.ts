import type { BreakdownBody, Dimension, MetricBody } from '../contract/reports.ts';
import { extraName } from '../domain/mapping.ts';
import { definitionText } from '../report/definition-text.ts';
import type { Group, Values } from '../report/group-calls.ts';
import { knownColumn } from './known-column.ts';
import type { Table } from './table-model.ts';

const dimensionHeadings: Record<Dimension, string> = {
  publisher: 'Publisher',
  publisher_sub_id: 'Publisher sub id',
  subsource: 'Subsource',
  buyer: 'Buyer',
  campaign: 'Campaign',
  target: 'Target',
  vertical: 'Vertical',
  state: 'State',
  zip: 'ZIP',
  branch: 'Branch',
  data_source: 'Data source',
  end_source: 'Ended by',
  connection: 'Connection',
  day: 'Day',
  week: 'Week',
  month: 'Month',
  hour: 'Hour of day',
  weekday: 'Weekday',
  reached: 'Reached',
  prospect: 'Prospect',
  reason: 'Reason',
  result: 'Result',
  billable: 'Billable',
  flag: 'Flag',
  scorecard: 'Scorecard',
  disagreement: 'Disagreement',
};

/** Few enough for a terminal: how much, how good, how much money, and where it disagrees. */
export const terminalMetrics = [
  'calls',
  'connected',
  'scored',
  'qualified_rate',
  'revenue',
  'profit',
  'disagreements',
  'billed_not_qualified_money',
  'qualified_not_billed_money',
];

/**
 * A report as a table: its one or two dimensions, then a column per metric with unit and currency in its heading, and the
 * total as its last row. Beside money that is not known of all its calls: of how many. Where it was compared, beside each metric what it was in that period.
 * @param chosen ids of the metrics wanted, in order; all when absent
 * @param beside false: without the period compared with
 */
export function toReportTable(report: BreakdownBody, chosen?: string[], beside = true): Table {
  const metrics = (chosen ?? report.metrics.map(({ id }) => id)).flatMap(
    (id) => report.metrics.find((metric) => metric.id === id) ?? [],
  );
  const money = report.currencies.join('/');
  const units = { count: '', money, percent: '%', seconds: 's', score: '', ratio: '' };
  const second = report.then_by;
  const before = beside ? report.previous_period : null;
  const all = [...report.rows.map((found) => found.known), report.total_known];
  const isPartial = ({ id }: MetricBody) => all.some(({ [id]: of }) => of !== undefined && of.n < of.of);
  const partly = new Set(metrics.filter(isPartial).map(({ id }) => id));
  const row = (
    labels: (string | null)[],
    { values, known }: Pick<Group, 'values' | 'known'>,
    earlier: Values | null | undefined,
  ) => [
    ...labels,
    ...metrics.flatMap(({ id }) => [
      values[id] ?? null,
      ...(partly.has(id) ? [known[id]?.n ?? null] : []),
      ...(before ? [earlier?.[id] ?? null] : []),
    ]),
  ];
  return {
    columns: [
      { heading: headingOf(report.by), kind: 'text' },
      ...(second ? [{ heading: headingOf(second), kind: 'text' as const }] : []),
      ...metrics.flatMap((metric) => {
        const { label, unit } = metric;
        const heading = units[unit] ? `${label} [${units[unit]}]` : label;
        const column = { heading, kind: 'number' as const, definition: definitionText(metric) };
        const told = partly.has(metric.id) ? [knownColumn(label)] : [];
        if (!before) return [column, ...told];
        const period = `${before.from.slice(0, 10)} to ${before.to.slice(0, 10)}`;
        return [column, ...told, { ...column, heading: `${heading}, ${period}` }];
      }),
    ],
    rows: [
      ...report.rows.map((found) =>
        row([found.label, ...(second ? [found.second?.label ?? null] : [])], found, found.previous),
      ),
      row(
        ['Total', ...(second ? [null] : [])],
        { values: report.total, known: report.total_known },
        report.previous_total,
      ),
    ],
  };
}

/** A field of the sender's own has no better heading than its name. */
function headingOf(by: BreakdownBody['by']): string {
  return extraName(by) ?? dimensionHeadings[by as Dimension];
}
