import { disagreements } from '../contract/calls.ts';
import type { DisagreementReportBody } from '../contract/disagreements.ts';
import type { Table } from './table-model.ts';

type Row = DisagreementReportBody['total'];

/** The four disagreements as a table, calls and money of each, with the total as its last row. */
export function toDisagreementTable(report: DisagreementReportBody): Table {
  const money = report.currencies.join('/') || 'money';
  const row = (label: string, { scored, disagreements: count, kinds }: Row) => [
    label,
    scored,
    count,
    ...disagreements.flatMap((kind) => [kinds[kind].calls, kinds[kind].money]),
  ];
  return {
    columns: [
      { heading: report.by === 'publisher' ? 'Publisher' : 'Buyer', kind: 'text' },
      { heading: 'Scored', kind: 'number' },
      { heading: 'Disagreements', kind: 'number' },
      ...report.kinds.flatMap(({ label, estimated }) => [
        { heading: label, kind: 'number' as const },
        { heading: `${label} [${money}${estimated ? ', estimate' : ''}]`, kind: 'number' as const },
      ]),
    ],
    rows: [...report.rows.map((found) => row(found.label, found)), row('Total', report.total)],
  };
}
