import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Download, Inbox } from 'lucide-react';
import { useMemo } from 'react';
import { requestUrl } from '../../api.ts';
import { eventPages } from '../../api-query.ts';
import { Button, buttonLook } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { EventRow } from '../../parts/event-row.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { SkeletonRows } from '../../parts/skeleton.tsx';
import { EventFilters } from './event-filters.tsx';
import { type EventsSearch, eventsQuery } from './events-search.ts';

const route = getRouteApi('/app/events');

/** Every authenticated request, as it came and as it was read. */
export function Events() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useMemo(() => eventsQuery(search, new Date()), [search]);
  const pages = useInfiniteQuery({
    ...eventPages(query),
    placeholderData: keepPreviousData,
    // what has been opened and paged through must not move about
    refetchInterval: ({ state }) => (state.data?.pages.length === 1 ? 10_000 : false),
  });
  const events = pages.data?.pages.flatMap((page) => page.items) ?? [];

  function onChange(next: Partial<EventsSearch>): void {
    navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });
  }

  return (
    <>
      <PageHeader
        title="Events"
        lead="Every request with a right key, as it came. Requests with a wrong key are counted, not kept."
        actions={(['csv', 'ndjson'] as const).map((format) => (
          <a
            key={format}
            href={requestUrl('/v1/events/export', { query: { ...query, format } })}
            download
            className={buttonLook()}
          >
            <Download aria-hidden /> {format.toUpperCase()}
          </a>
        ))}
      />
      <EventFilters search={search} onChange={onChange} />
      <Card>
        {pages.isPending ? <SkeletonRows rows={10} label="Loading events" /> : null}
        {pages.error ? <ErrorBox error={pages.error} onRetry={() => pages.refetch()} /> : null}
        {pages.isSuccess && events.length === 0 ? (
          <Empty
            icon={<Inbox />}
            title="No events fit"
            action={<Button onClick={() => navigate({ search: {} })}>Drop the filters</Button>}
          >
            Choose a longer period or fewer filters.
          </Empty>
        ) : null}
        <div className="divide-y divide-line" aria-busy={pages.isPlaceholderData}>
          {events.map((event) => (
            <EventRow key={event.id} event={event} />
          ))}
        </div>
        {pages.hasNextPage ? (
          <div className="border-line border-t p-3 text-center">
            <Button disabled={pages.isFetchingNextPage} onClick={() => pages.fetchNextPage()}>
              {pages.isFetchingNextPage ? 'Loading…' : 'Show more'}
            </Button>
          </div>
        ) : null}
      </Card>
    </>
  );
}
