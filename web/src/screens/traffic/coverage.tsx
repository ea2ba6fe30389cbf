import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ApiInput, ApiOutput } from '../../api.ts';
import { apiQuery } from '../../api-query.ts';
import { formatPercent } from '../../format/metric.ts';
import { formatCount, formatCounted } from '../../format/number.ts';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { KeepReport } from '../../parts/keep-report.tsx';
import { DefinedName, DefinedTh } from '../../parts/metric-definition.tsx';
import { SkeletonRows } from '../../parts/skeleton.tsx';
import { numberLook, rowLook, Table, Td, Th } from '../../parts/table.tsx';
import { When } from '../../parts/when.tsx';
import type { CallsSearch } from '../calls/calls-search.ts';
import type { WhySearch } from './traffic-search.ts';

type Query = NonNullable<ApiInput<'getCoverage'>['query']>;
type Reason = ApiOutput<'getCoverage'>['reasons'][number];
type Props = {
  query: Query;
  /** The same as it stands in the address. */
  search: CallsSearch;
  /** The reason whose calls are listed; without a stage none are. */
  why: WhySearch;
  onChoose: (why: WhySearch) => void;
};

/** How many calls were scored, and why the others were not; each reason leads to its calls. */
export function Coverage({ query, search, why, onChoose }: Props) {
  const coverage = useQuery({ ...apiQuery('getCoverage', { query }), placeholderData: keepPreviousData });
  if (coverage.error)
    return <ErrorBox className="mx-0" error={coverage.error} onRetry={() => coverage.refetch()} />;
  const found = coverage.data;
  if (!found) return <SkeletonRows label="Loading coverage" />;
  return (
    <div className="flex flex-col gap-4">
      <Card
        title={
          <DefinedName of={found.metrics} id="coverage">
            Coverage
          </DefinedName>
        }
        hint={`${formatCount(found.connected_scored)} of ${formatCounted(found.connected, 'connected call')} scored: ${formatPercent(found.coverage)}`}
      >
        <Table label="Why calls were not scored">
          <thead>
            <tr>
              <Th>Reason</Th>
              <DefinedTh of={found.metrics} id="calls">
                Calls
              </DefinedTh>
              <DefinedTh of={found.metrics} id="connected">
                Connected
              </DefinedTh>
              <Th>What to do</Th>
            </tr>
          </thead>
          <tbody>
            {found.reasons.map((reason) => (
              <tr key={`${reason.stage} ${reason.state} ${reason.code}`} className={rowLook}>
                <th
                  scope="row"
                  className="h-11 min-w-48 border-line border-b py-1.5 pl-4 text-left font-medium"
                >
                  {reason.label}
                </th>
                <Td className={numberLook}>
                  <button
                    type="button"
                    onClick={() => onChoose(whyOf(reason))}
                    className="min-h-[24px] font-medium hover:underline"
                  >
                    {formatCount(reason.calls)}
                  </button>
                </Td>
                <Td className={numberLook}>{formatCount(reason.connected)}</Td>
                <Td className="min-w-64 text-pretty text-ink-2">{reason.advice}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
        {found.reasons.length === 0 ? (
          <p className="px-4 py-6 text-ink-2 text-sm">
            {found.calls === 0 ? 'No call fits.' : 'Every one of these calls was scored.'}
          </p>
        ) : null}
      </Card>
      {why.stage ? (
        <UnscoredCalls
          title={found.reasons.find((reason) => isOf(reason, why))?.label ?? 'Calls that were not scored'}
          {...{ query, search, why }}
          onClose={() => onChoose({})}
        />
      ) : null}
    </div>
  );
}

/** As the list of calls is asked. */
function whyOf({ stage, state, code }: Reason): WhySearch {
  return { stage: stage ?? 'none', ...(state && { state }), ...(code && { code }) };
}

function isOf(reason: Reason, why: WhySearch): boolean {
  const its = whyOf(reason);
  return its.stage === why.stage && its.state === why.state && its.code === why.code;
}

function UnscoredCalls({
  title,
  query,
  search,
  why,
  onClose,
}: Omit<Props, 'onChoose'> & { title: string; onClose: () => void }) {
  const calls = useQuery(apiQuery('listUnscoredCalls', { query: { ...query, ...why, limit: 50 } }));
  return (
    <Card
      title={title}
      hint="the newest 50"
      actions={
        <>
          <KeepReport kind="unscored_calls" query={{ ...query, ...why }} saved={{ ...search, ...why }} />
          <Button onClick={onClose}>Close</Button>
        </>
      }
    >
      {calls.error ? <ErrorBox error={calls.error} onRetry={() => calls.refetch()} /> : null}
      {calls.data ? (
        <ul className="divide-y divide-line">
          {calls.data.items.map((call) => (
            <li
              key={call.call_id}
              className="flex min-h-11 flex-wrap items-center gap-x-4 px-4 py-1.5 text-sm"
            >
              <Link to="/calls/$id" params={{ id: call.call_id }} className="font-medium hover:underline">
                <When at={call.call_at} />
              </Link>
              <span className="text-ink-2">
                {call.publisher_name ?? '—'} → {call.buyer_name ?? '—'}
              </span>
              <span className="text-ink-2">{call.detail}</span>
            </li>
          ))}
        </ul>
      ) : (
        <SkeletonRows label="Loading calls" />
      )}
    </Card>
  );
}
