import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { MessageSquareText, Search as SearchIcon } from 'lucide-react';
import type { FormEvent } from 'react';
import { api } from '../../api.ts';
import { formatCounted } from '../../format/number.ts';
import { viewerZone } from '../../format/time.ts';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { KeepReport } from '../../parts/keep-report.tsx';
import { CallsShown } from '../../parts/load-more.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { SkeletonRows } from '../../parts/skeleton.tsx';
import { periodDays, periodQuery, presets } from '../../period/period.ts';
import { PeriodPicker } from '../../period/period-picker.tsx';
import { SearchHit } from './search-hit.tsx';
import type { SearchPageSearch } from './search-page-search.ts';

const route = getRouteApi('/app/search');

const orders = [
  { value: 'newest', label: 'Newest first' },
  { value: 'rank', label: 'Best first' },
] as const;

/** What was said on calls: who said it, when, and a way to hear it. */
export function Search() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { q, period, from, to, ...filters } = search;
  const asked = { period, from, to };
  const query = {
    q: q ?? '',
    ...filters,
    ...periodQuery(asked, new Date(), viewerZone),
    time_zone: viewerZone,
  };
  const pages = useInfiniteQuery({
    queryKey: ['searchCalls', 'pages', query],
    queryFn: ({ signal, pageParam }) =>
      api('searchCalls', { query: { ...query, ...(pageParam && { cursor: pageParam }) } }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    enabled: q !== undefined,
    placeholderData: keepPreviousData,
  });
  const hits = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const ranked = pages.data?.pages[0]?.ranked;
  const change = (next: Partial<SearchPageSearch>) =>
    navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });

  return (
    <>
      <PageHeader
        title="Search"
        lead="What was said on calls, and the moment at which it was."
        actions={q ? <KeepReport kind="search" query={query} saved={search} /> : null}
      />
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <SearchField key={q} q={q} onSearch={(next) => change({ q: next })} />
        <div className="flex flex-wrap items-center gap-2 sm:ml-auto">
          <Segmented
            label="Order"
            options={orders}
            value={search.order ?? 'newest'}
            onChange={(order) => change({ order: order === 'newest' ? undefined : order })}
          />
          <PeriodPicker
            value={search}
            days={periodDays(asked, new Date(), viewerZone)}
            presets={presets}
            onChange={change}
          />
        </div>
      </div>
      {pages.error ? (
        <ErrorBox className="mx-0" error={pages.error} onRetry={() => pages.refetch()} />
      ) : q === undefined ? (
        <HowTo />
      ) : (
        <Card>
          {pages.isPending ? <SkeletonRows rows={6} label="Searching" /> : null}
          {pages.isSuccess && hits.length === 0 ? (
            <Empty icon={<MessageSquareText />} title="Nobody said that in this period">
              Choose a longer period or fewer words.
            </Empty>
          ) : null}
          {ranked && !ranked.all ? (
            <p className="border-line border-b px-4 py-2.5 text-ink-2 text-sm">
              The best of the newest {formatCounted(ranked.calls, 'call')} that say it. Older ones are not
              ranked: choose a shorter period to rank them.
            </p>
          ) : null}
          <ol aria-busy={pages.isPlaceholderData} className="divide-y divide-line">
            {hits.map((hit) => (
              <SearchHit key={hit.call_id} hit={hit} />
            ))}
          </ol>
        </Card>
      )}
      <CallsShown shown={q ? hits.length : 0} pages={pages} />
    </>
  );
}

function SearchField({ q, onSearch }: { q: string | undefined; onSearch: (q: string | undefined) => void }) {
  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    onSearch(String(new FormData(event.currentTarget).get('q')).trim() || undefined);
  }
  return (
    <search className="w-full sm:w-[22rem]">
      <form onSubmit={onSubmit} className="relative flex gap-2">
        <SearchIcon aria-hidden className="absolute top-2.5 left-2.5 size-4 text-ink-3" />
        <input
          type="search"
          name="q"
          aria-label="Search the transcripts"
          placeholder='"do not call" OR caller:solar'
          defaultValue={q}
          className="h-9 w-full rounded-md border border-line-strong/60 bg-surface pr-3 pl-8.5 text-sm hover:border-line-strong"
        />
        <Button type="submit" look="primary">
          Search
        </Button>
      </form>
    </search>
  );
}

const examples = [
  ['roof leak', 'both words, in any form: roofs, leaking'],
  ['"do not call"', 'these words in this order'],
  ['cancel*', 'all that begins so: cancelled, cancellation'],
  ['policy NEAR/5 cancel*', 'at most five words apart'],
  ['caller:"not interested"', 'said by the caller; agent: by the agent'],
  ['solar OR roof -rent', 'one of the first, and not the last'],
] as const;

function HowTo() {
  return (
    <Card title="How to ask">
      <dl className="divide-y divide-line">
        {examples.map(([text, meaning]) => (
          <div key={text} className="grid gap-1 px-4 py-2.5 text-sm sm:grid-cols-[16rem_1fr]">
            <dt className="font-mono text-[0.8125rem]">{text}</dt>
            <dd className="text-ink-2">{meaning}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
