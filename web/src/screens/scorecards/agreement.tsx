import { useQuery } from '@tanstack/react-query';
import { apiQuery } from '../../api-query.ts';
import { formatCounted, formatRatio, formatShare } from '../../format/number.ts';
import { buttonLook } from '../../parts/button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { DefinedTh } from '../../parts/metric-definition.tsx';
import { SkeletonRows } from '../../parts/skeleton.tsx';
import { numberLook, rowLook, Table, Td, Th } from '../../parts/table.tsx';
import { humanize } from '../../words.ts';

/** How often judges say what reviewers say. */
export function Agreement() {
  const agreement = useQuery(apiQuery('getAgreement', {}));
  if (agreement.error) return <ErrorBox error={agreement.error} onRetry={() => agreement.refetch()} />;
  if (!agreement.data) return <SkeletonRows label="Loading the agreement" />;
  const { calls, items, metrics } = agreement.data;
  if (items.length === 0)
    return (
      <Empty title="No call was reviewed yet">
        Open a call and confirm or correct its answers: how often judge and people agree is then counted here.
      </Empty>
    );
  return (
    <>
      <div className="flex flex-wrap items-center gap-3 px-4 py-3 text-ink-2 text-sm">
        <p className="min-w-0 text-pretty">
          {formatCounted(calls, 'reviewed call')}. Right: share of the answers given that the reviewer gives
          too. People choose what they review, so it need not hold for all calls.
        </p>
        <a href="/v1/reviews/export" download className={buttonLook({ size: 'small', className: 'ml-auto' })}>
          Export as labelled calls
        </a>
      </div>
      <Table label="Agreement">
        <thead>
          <tr>
            <Th>Of</Th>
            <Th>Scorecard</Th>
            <Th>Judge</Th>
            <DefinedTh of={metrics} id="reviewed_calls">
              Reviewed
            </DefinedTh>
            <DefinedTh of={metrics} id="given_answers">
              Given
            </DefinedTh>
            <DefinedTh of={metrics} id="right_share">
              Right
            </DefinedTh>
            <DefinedTh of={metrics} id="kappa">
              Kappa
            </DefinedTh>
          </tr>
        </thead>
        <tbody>
          {items.map((row) => (
            <tr
              key={[row.scorecard, row.version, row.judge, row.field, row.subject].join(' ')}
              className={rowLook}
            >
              <Td>{humanize(row.subject || row.field)}</Td>
              <Td className="whitespace-nowrap">
                {row.scorecard} <span className="font-mono text-ink-2 text-xs">{row.version}</span>
              </Td>
              <Td className="whitespace-nowrap">{row.judge}</Td>
              <Td className={numberLook}>{row.reviewed}</Td>
              <Td className={numberLook}>{row.given}</Td>
              <Td className={numberLook}>{formatShare(row.precision)}</Td>
              <Td className={numberLook}>{formatRatio(row.kappa)}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </>
  );
}
