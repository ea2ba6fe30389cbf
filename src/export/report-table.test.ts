import { expect, test } from 'vitest';
import type { BreakdownBody } from '../contract/reports.ts';
import { metricDefinitions } from '../report/metrics.ts';
import { toReportTable } from './report-table.ts';

const report: BreakdownBody = {
  by: 'publisher',
  from: '2025-07-01',
  to: '2025-07-31',
  time_zone: 'UTC',
  currencies: ['USD'],
  metrics: metricDefinitions,
  rows: [
    {
      key: null,
      label: '(none)',
      values: { calls: 3, revenue: '12.50', margin: null },
      rates: {},
      known: {},
      is_new: true,
    },
  ],
  total: { calls: 3, revenue: '12.50', margin: null },
  total_rates: {},
  total_known: {},
  previous_total: null,
  previous_period: null,
  as: 'now',
  new_below: 100,
  answered_from: 'rollups',
};

test('where it was compared, beside each metric what it was', () => {
  const compared = {
    ...report,
    rows: [{ ...report.rows[0]!, previous: { calls: 2 } }, report.rows[0]!],
    previous_total: { calls: 7 },
    previous_period: { from: '2025-06-01', to: '2025-06-30' },
  };
  const { columns, rows } = toReportTable(compared, ['calls']);
  expect(columns.map(({ heading }) => heading)).toEqual([
    'Publisher',
    'Calls',
    'Calls, 2025-06-01 to 2025-06-30',
  ]);
  expect(rows).toEqual([
    ['(none)', 3, 2],
    ['(none)', 3, null],
    ['Total', 3, 7],
  ]);
  expect(toReportTable(compared, ['calls'], false).rows[2]).toEqual(['Total', 3]);
});

test('beside money that is not known of all its calls, of how many it is', () => {
  const id = 'qualified_not_billed_money';
  const row = { ...report.rows[0]!, values: { [id]: '40.00' }, known: { [id]: { n: 1, of: 1 } } };
  const unknown = { ...row, values: { [id]: null }, known: { [id]: { n: 0, of: 1 } } };
  const some = { rows: [row, unknown], total: { [id]: '40.00' }, total_known: { [id]: { n: 1, of: 2 } } };
  const { columns, rows } = toReportTable({ ...report, ...some }, [id]);
  expect(columns[2]!.heading).toBe('Qualified, not billed: money (estimate): calls it is known of');
  expect(rows).toEqual([
    ['(none)', '40.00', 1],
    ['(none)', null, 0],
    ['Total', '40.00', 1],
  ]);
  const whole = { rows: [row], total: { [id]: '40.00' }, total_known: { [id]: { n: 1, of: 1 } } };
  expect(toReportTable({ ...report, ...whole }, [id]).columns).toHaveLength(2);
});

test('chosen metrics, in order, with unit and currency, and the total', () => {
  const { columns, rows } = toReportTable(report, ['revenue', 'calls', 'margin', 'no such metric']);
  expect(columns.map(({ heading }) => heading)).toEqual([
    'Publisher',
    'Revenue [USD]',
    'Calls',
    'Margin [%]',
  ]);
  expect(rows).toEqual([
    ['(none)', '12.50', 3, null],
    ['Total', '12.50', 3, null],
  ]);
});

test('all metrics unless told', () => {
  expect(toReportTable(report).columns).toHaveLength(metricDefinitions.length + 1);
});

test("a field of the sender's own is headed by its name", () => {
  expect(toReportTable({ ...report, by: 'extra.team' }, []).columns[0]!.heading).toBe('team');
});

test('a second dimension is a second column', () => {
  const row = { ...report.rows[0]!, second: { key: 'Acme', label: 'Acme' } };
  const { columns, rows } = toReportTable({ ...report, then_by: 'buyer', rows: [row] }, ['calls']);
  expect(columns.map(({ heading }) => heading)).toEqual(['Publisher', 'Buyer', 'Calls']);
  expect(rows).toEqual([
    ['(none)', 'Acme', 3],
    ['Total', null, 3],
  ]);
});
