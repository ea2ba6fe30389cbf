import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { PhoneOff } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { callPages } from '../../api-query.ts';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { KeepReport } from '../../parts/keep-report.tsx';
import { CallsShown } from '../../parts/load-more.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { SkeletonRows } from '../../parts/skeleton.tsx';
import { rememberList } from './call-list-memory.ts';
import { type CallsSearch, callsQuery } from './calls-search.ts';
import { CallsTable } from './calls-table.tsx';
import { FilterBar } from './filter-bar.tsx';
import { useRowKeys } from './use-row-keys.ts';

const route = getRouteApi('/app/calls');
/** What the table shows, as columns of a file. */
const shownColumns = [
  ...['call_id', 'call_instance_id', 'connection', 'call_at', 'caller_id', 'publisher_name', 'buyer_name'],
  ...['campaign_name', 'connected_call_length', 'currency', 'revenue', 'converted', 'sale_amount'],
  ...['prospect', 'reason', 'result', 'billable', 'disagreements'],
];

/** All calls under a filter, newest first. */
export function Calls() {
  const search = route.useSearch();
  const change = route.useNavigate();
  const navigate = useNavigate();
  const { period: preset, from, to, ...filters } = search;
  const period = { period: preset, from, to };
  const filtered = Object.values(filters).some((value) => value !== undefined);
  const query = useMemo(() => callsQuery(search, new Date()), [search]);
  const pages = useInfiniteQuery({ ...callPages(query), placeholderData: keepPreviousData });
  const calls = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data]);
  const chosen = useRowKeys(calls.length, (index) => {
    const id = calls[index]?.id;
    if (id) navigate({ to: '/calls/$id', params: { id } });
  });
  useEffect(
    () =>
      rememberList(
        calls.map(({ id }) => id),
        '/calls',
      ),
    [calls],
  );

  function onChange(next: Partial<CallsSearch>): void {
    change({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });
  }

  return (
    <>
      <PageHeader
        title="Calls"
        actions={<KeepReport kind="calls" query={query} saved={search} columns={shownColumns} />}
      />
      <FilterBar search={search} offersTests onChange={onChange} />
      <Card>
        {pages.isPending ? <SkeletonRows rows={10} label="Loading calls" /> : null}
        {pages.error ? <ErrorBox error={pages.error} onRetry={() => pages.refetch()} /> : null}
        {pages.isSuccess && calls.length === 0 ? (
          filtered ? (
            <Empty
              icon={<PhoneOff />}
              title="No calls fit"
              action={<Button onClick={() => change({ search: period })}>Drop the filters</Button>}
            >
              Choose a longer period or fewer filters.
            </Empty>
          ) : (
            <Empty icon={<PhoneOff />} title="No calls in this period">
              Choose a longer period, or see under Connections whether events arrive.
            </Empty>
          )
        ) : null}
        {calls.length > 0 ? (
          <div aria-busy={pages.isPlaceholderData}>
            <CallsTable calls={calls} chosen={chosen} />
          </div>
        ) : null}
      </Card>
      <CallsShown shown={calls.length} pages={pages} />
    </>
  );
}
