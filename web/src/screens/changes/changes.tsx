import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { History } from 'lucide-react';
import { changedFields, changedMoney } from '../../../../src/contract/changes.ts';
import { api } from '../../api.ts';
import { viewerZone } from '../../format/time.ts';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { KeepReport } from '../../parts/keep-report.tsx';
import { LoadMoreFoot } from '../../parts/load-more.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { ReportLinks } from '../../parts/report-links.tsx';
import { SkeletonRows } from '../../parts/skeleton.tsx';
import { numberLook, rowLook, Table, Td, Th } from '../../parts/table.tsx';
import { When } from '../../parts/when.tsx';
import { periodDays, periodQuery, presets } from '../../period/period.ts';
import { PeriodPicker } from '../../period/period-picker.tsx';
import { changeCause, humanize } from '../../words.ts';
import { FilterChip } from '../calls/filter-chip.tsx';

const route = getRouteApi('/app/changes');

/** Every change of money and outcome after they were first known, with the event, judge or person behind it. */
export function Changes() {
  const { period, from, to, ...filters } = route.useSearch();
  const navigate = route.useNavigate();
  const days = periodDays({ period, from, to }, new Date(), viewerZone);
  const query = {
    ...filters,
    ...periodQuery({ period, from, to }, new Date(), viewerZone),
    time_zone: viewerZone,
  };
  const pages = useInfiniteQuery({
    queryKey: ['listChanges', 'pages', query],
    queryFn: ({ signal, pageParam }) =>
      api('listChanges', { query: { ...query, ...(pageParam && { cursor: pageParam }) } }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
  const changes = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const change = (next: Record<string, string | undefined>) =>
    navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });
  const parties = [
    ['publisher_name', 'Publisher'],
    ['buyer_name', 'Buyer'],
  ] as const;
  const chips = [...parties, ['connection_id', 'Connection'], ['call_id', 'Call']] as const;

  return (
    <>
      <PageHeader
        title="Changes"
        lead="What was reported or found otherwise after it was first known, by the day of the change."
        actions={<KeepReport kind="changes" query={query} saved={{ period, from, to, ...filters }} />}
      />
      <ReportLinks />
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <label className="inline-flex items-center gap-1.5 text-ink-2 text-xs">
          Field
          <select
            value={filters.field ?? ''}
            onChange={(event) => change({ field: event.target.value || undefined })}
            className="h-8 rounded-md border border-line-strong/60 bg-surface px-2 font-medium text-xs hover:border-line-strong"
          >
            <option value="">all</option>
            {changedFields.map((field) => (
              <option key={field} value={field}>
                {humanize(field)}
              </option>
            ))}
          </select>
        </label>
        <ul aria-label="Filters" className="flex flex-wrap gap-2">
          {chips.map(([name, label]) =>
            filters[name] ? (
              <FilterChip
                key={name}
                label={label}
                value={filters[name]}
                onRemove={() => change({ [name]: undefined })}
              />
            ) : null,
          )}
        </ul>
        <div className="sm:ml-auto">
          <PeriodPicker value={{ period, from, to }} days={days} presets={presets} onChange={change} />
        </div>
      </div>
      <Card>
        {pages.error ? <ErrorBox error={pages.error} onRetry={() => pages.refetch()} /> : null}
        {pages.isPending ? <SkeletonRows label="Loading changes" /> : null}
        {pages.isSuccess && changes.length === 0 ? (
          <Empty icon={<History />} title="Nothing has changed in this time">
            What is reported late, judged again or reviewed shows here.
          </Empty>
        ) : null}
        {changes.length > 0 ? (
          <Table label="Changes" aria-busy={pages.isPlaceholderData}>
            <thead>
              <tr>
                <Th>Changed</Th>
                <Th>Call</Th>
                <Th>Publisher</Th>
                <Th>Buyer</Th>
                <Th>Field</Th>
                <Th className="text-right">Before</Th>
                <Th className="text-right">After</Th>
                <Th className="text-right">Difference</Th>
                <Th>By</Th>
              </tr>
            </thead>
            <tbody>
              {changes.map((item) => (
                <tr key={item.id} className={rowLook}>
                  <Td className="whitespace-nowrap">
                    <When at={item.changed_at} />
                  </Td>
                  <Td className="whitespace-nowrap">
                    <Link
                      to="/calls/$id"
                      params={{ id: item.call_id }}
                      search={{ tab: 'events' }}
                      className="inline-flex min-h-[24px] items-center font-medium hover:underline"
                    >
                      <When at={item.call_at} />
                    </Link>
                  </Td>
                  {parties.map(([name]) => (
                    <Td key={name} className="max-w-48 truncate">
                      {item[name] === null ? (
                        '—'
                      ) : (
                        <button
                          type="button"
                          onClick={() => change({ [name]: item[name] ?? undefined })}
                          className="min-h-[24px] hover:underline"
                        >
                          {item[name]}
                        </button>
                      )}
                    </Td>
                  ))}
                  <Td className="whitespace-nowrap">
                    {humanize(item.field)}{' '}
                    {changedMoney.has(item.field) ? (
                      <span className="text-ink-3 text-xs">{item.currency}</span>
                    ) : null}
                  </Td>
                  <Td className={numberLook}>{item.before ?? '—'}</Td>
                  <Td className={numberLook}>{item.after ?? '—'}</Td>
                  <Td className={numberLook}>{item.difference ?? ''}</Td>
                  <Td className="whitespace-nowrap">{changeCause(item.cause)}</Td>
                </tr>
              ))}
            </tbody>
          </Table>
        ) : null}
        <LoadMoreFoot pages={pages} />
      </Card>
    </>
  );
}
