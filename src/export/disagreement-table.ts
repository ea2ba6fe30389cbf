import { disagreements } from '../contract/calls.ts';
import type { DisagreementReportBody } from '../contract/disagreements.ts';
import { definitionText } from '../report/definition-text.ts';
import { knownColumn } from './known-column.ts';
import type { Table } from './table-model.ts';

type Row = DisagreementReportBody['total'];

/**
 * The four disagreements as a table, calls and money of each, with the total as its last row; where the money is not known
 * of all calls, of how many it is.
 */
export function toDisagreementTable(report: DisagreementReportBody): Table {
  const money = report.currencies.join('/') || 'money';
  const parties = [...report.rows, report.total];
  const partly = new Set(
    disagreements.filter((kind) => parties.some(({ kinds: { [kind]: of } }) => of.known < of.calls)),
  );
  const row = (label: string, { scored, disagreements: count, kinds }: Row) => [
    label,
    scored,
    count,
    ...disagreements.flatMap((kind) => {
      const { calls, money: sum, known } = kinds[kind];
      return [calls, sum, ...(partly.has(kind) ? [known] : [])];
    }),
  ];
  const figure = (heading: string, id: string) => {
    const metric = report.metrics.find((candidate) => candidate.id === id);
    return { heading, kind: 'number' as const, definition: metric && definitionText(metric) };
  };
  return {
    columns: [
      { heading: report.by === 'publisher' ? 'Publisher' : 'Buyer', kind: 'text' },
      figure('Scored', 'scored'),
      figure('Disagreements', 'disagreements'),
      ...report.kinds.flatMap(({ kind, label, estimated }) => [
        figure(label, kind),
        figure(`${label} [${money}${estimated ? ', estimate' : ''}]`, `${kind}_money`),
        ...(partly.has(kind) ? [knownColumn(label)] : []),
      ]),
    ],
    rows: [...report.rows.map((found) => row(found.label, found)), row('Total', report.total)],
  };
}
