import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { type ApiInput, api } from '../../api.ts';
import { formatMoney } from '../../format/money.ts';
import { formatClock } from '../../format/number.ts';
import { Card } from '../../parts/card.tsx';
import { DisagreementBadge } from '../../parts/disagreement-badge.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { KeepReport } from '../../parts/keep-report.tsx';
import { LoadMoreFoot } from '../../parts/load-more.tsx';
import { SkeletonRows } from '../../parts/skeleton.tsx';
import { When } from '../../parts/when.tsx';
import { humanize } from '../../words.ts';
import { momentOf } from '../call/moment.ts';
import { rememberList } from '../calls/call-list-memory.ts';
import { FilterChip } from '../calls/filter-chip.tsx';
import { filterWords } from '../calls/filter-words.ts';
import type { DisagreementsSearch } from './disagreements-search.ts';

type Filters = NonNullable<ApiInput<'listDisagreeingCalls'>['query']>;
/** The calls behind the numbers, with the words that decided; each quote leads to its moment. */
export function DisagreeingCalls({
  filters,
  saved,
  onDropKind,
}: {
  filters: Filters;
  /** The same as it stands in the address. */
  saved: DisagreementsSearch;
  /** All kinds of disagreement again. */
  onDropKind: () => void;
}) {
  const pages = useInfiniteQuery({
    queryKey: ['listDisagreeingCalls', 'pages', filters],
    queryFn: ({ signal, pageParam }) =>
      api(
        'listDisagreeingCalls',
        { query: { ...filters, limit: 20, ...(pageParam && { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const calls = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data]);
  useEffect(
    () =>
      rememberList(
        calls.map(({ call_id }) => call_id),
        '/disagreements',
      ),
    [calls],
  );
  const { label, choices } = filterWords.disagreement;
  const kind = filters.disagreement;
  return (
    <Card title="The calls" actions={<KeepReport kind="disagreeing_calls" query={filters} saved={saved} />}>
      {kind ? (
        <ul aria-label="Shown below" className="flex flex-wrap gap-2 border-line border-b px-4 py-2.5">
          <FilterChip label={label} value={choices?.[kind] ?? kind} onRemove={onDropKind} />
        </ul>
      ) : null}
      {pages.isPending ? <SkeletonRows label="Loading calls" /> : null}
      {pages.error ? <ErrorBox error={pages.error} onRetry={() => pages.refetch()} /> : null}
      <ol className="divide-y divide-line">
        {calls.map((call) => (
          <li key={call.call_id} className="px-4 py-3 text-sm">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <Link to="/calls/$id" params={{ id: call.call_id }} className="font-medium hover:underline">
                <When at={call.call_at} />
              </Link>
              <span className="text-ink-2">
                {call.publisher_name ?? '—'} → {call.buyer_name ?? '—'}
              </span>
              <span className="font-medium">{formatMoney(call.revenue, call.currency)}</span>
              {call.disagreements.map((kind) => (
                <DisagreementBadge key={kind} kind={kind} />
              ))}
            </div>
            {call.explanation ? <p className="mt-1 text-pretty text-ink-2">{call.explanation}</p> : null}
            <ul className="mt-1">
              {call.quotes.map(({ about, quote, speaker, start, turn }) => (
                <li key={`${about} ${turn} ${start}`} className="leading-relaxed">
                  <Link
                    to="/calls/$id"
                    params={{ id: call.call_id }}
                    search={{ at: momentOf(start) }}
                    aria-label={`Go to ${formatClock(start)}`}
                    className="mr-2 inline-flex min-h-[24px] items-center text-accent-ink text-xs hover:underline"
                  >
                    {formatClock(start)}
                  </Link>
                  <span className="mr-1.5 font-semibold text-ink-2 text-xs">{humanize(speaker)}</span>“{quote}
                  ”
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
      {pages.isSuccess && calls.length === 0 ? (
        <p className="px-4 py-6 text-ink-2 text-sm">No call disagrees under these filters.</p>
      ) : null}
      <LoadMoreFoot pages={pages} />
    </Card>
  );
}
