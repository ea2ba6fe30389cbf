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
import { disagreementWords, humanize } from '../../words.ts';
import { momentOf } from '../call/moment.ts';
import { rememberList } from '../calls/call-list-memory.ts';
import { FilterChip } from '../calls/filter-chip.tsx';
import type { DisagreementsSearch } from './disagreements-search.ts';

type Filters = NonNullable<ApiInput<'listDisagreeingCalls'>['query']>;
type Held = Partial<Pick<DisagreementsSearch, 'disagreement' | 'publisher_name' | 'buyer_name'>>;

const chips = {
  disagreement: 'Disagreement',
  publisher_name: 'Publisher',
  buyer_name: 'Buyer',
} as const;

/** The calls behind the numbers, with the words that decided; each quote leads to its moment. */
export function DisagreeingCalls({
  filters,
  held,
  onChange,
}: {
  filters: Filters;
  held: Held;
  onChange: (next: Held) => void;
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
  const words = (name: keyof Held, value: string) =>
    name === 'disagreement' ? disagreementWords[value as keyof typeof disagreementWords] : value;
  return (
    <Card title="The calls" actions={<KeepReport kind="disagreeing_calls" query={filters} saved={filters} />}>
      {Object.keys(held).length > 0 ? (
        <ul aria-label="Filters" className="flex flex-wrap gap-2 border-line border-b px-4 py-2.5">
          {(Object.keys(chips) as (keyof Held)[]).map((name) =>
            held[name] ? (
              <FilterChip
                key={name}
                label={chips[name]}
                value={words(name, held[name])}
                onRemove={() => onChange({ [name]: undefined })}
              />
            ) : null,
          )}
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
