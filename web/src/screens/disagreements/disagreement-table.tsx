import { Link } from '@tanstack/react-router';
import { disagreements } from '../../../../src/contract/calls.ts';
import type { ApiOutput } from '../../api.ts';
import { formatMoney } from '../../format/money.ts';
import { formatCount, formatCounted } from '../../format/number.ts';
import { DefinedTh } from '../../parts/metric-definition.tsx';
import { numberLook, rowLook, Table, Td, Th } from '../../parts/table.tsx';
import { disagreementWords } from '../../words.ts';
import type { DisagreementsSearch } from './disagreements-search.ts';

type Report = ApiOutput<'getDisagreements'>;

/** Who disagrees how often and for how much; each number leads to its calls below. */
export function DisagreementTable({
  report,
  onChoose,
}: {
  report: Report;
  onChoose: (next: Partial<DisagreementsSearch>) => void;
}) {
  const currency = report.currencies.length === 1 ? (report.currencies[0] ?? null) : null;
  const name = report.by === 'publisher' ? 'publisher_name' : 'buyer_name';
  const rows = [...report.rows, { ...report.total, key: null, label: 'Total' }];
  return (
    <>
      <Table label="Disagreements by party">
        <thead>
          <tr>
            <Th>{report.by === 'publisher' ? 'Publisher' : 'Buyer'}</Th>
            {disagreements.map((kind) => (
              <DefinedTh key={kind} of={report.metrics} id={`${kind}_money`}>
                {disagreementWords[kind]}
                {report.kinds.some((of) => of.kind === kind && of.estimated) ? ' · estimate' : ''}
              </DefinedTh>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.label} className={rowLook}>
              <th scope="row" className="h-11 border-line border-b pl-4 text-left font-medium">
                {row.label}
                {index < report.rows.length && row.key ? (
                  <Link
                    to="/party-scorecard"
                    search={{ party: report.by, name: row.key }}
                    className="ml-2 font-normal text-accent-ink text-xs hover:underline"
                  >
                    scorecard
                  </Link>
                ) : null}
              </th>
              {disagreements.map((kind) => {
                const { calls, money, known } = row.kinds[kind];
                return (
                  <Td key={kind} className={numberLook}>
                    {calls === 0 ? (
                      <span className="text-ink-3">0</span>
                    ) : (
                      <button
                        type="button"
                        className="min-h-[24px] text-right hover:underline"
                        onClick={() =>
                          onChoose({
                            disagreement: kind,
                            [name]: index < report.rows.length ? (row.key ?? '(none)') : undefined,
                          })
                        }
                      >
                        <span className="block font-medium text-bad">{formatMoney(money, currency)}</span>
                        <span className="block text-ink-2 text-xs">
                          {known > 0 && known < calls ? `known for ${formatCount(known)} of ` : ''}
                          {formatCounted(calls, 'call')}
                        </span>
                      </button>
                    )}
                  </Td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </Table>
      <details className="border-line border-t px-4 py-2.5 text-ink-2 text-sm">
        <summary className="cursor-pointer">What is counted</summary>
        <dl className="mt-2 flex flex-col gap-2 pb-2">
          {report.kinds.map(({ kind, label, definition, money_definition }) => (
            <div key={kind}>
              <dt className="font-medium text-ink">{label}</dt>
              <dd>
                {definition} {money_definition}
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </>
  );
}
