import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Cable } from 'lucide-react';
import { apiQuery } from '../../api-query.ts';
import { viewerZone } from '../../format/time.ts';
import { buttonLook } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { Skeleton, SkeletonRows } from '../../parts/skeleton.tsx';
import { closedPresets, periodDays } from '../../period/period.ts';
import { PeriodPicker } from '../../period/period-picker.tsx';
import { Attention } from './attention.tsx';
import { BreakdownTable } from './breakdown-table.tsx';
import { CompareSwitch } from './compare-switch.tsx';
import { Disagreements } from './disagreements.tsx';
import { NoEvents } from './no-events.tsx';
import { type Grouping, groupings, type OverviewSearch } from './overview-search.ts';
import { OwnFieldChoice } from './own-field-choice.tsx';
import { Tiles, TilesSkeleton } from './tiles.tsx';
import { TrendCard } from './trend-card.tsx';

const route = getRouteApi('/app/');
const groupingOptions = groupings.map((value) => ({
  value: value as Grouping,
  label: value.charAt(0).toUpperCase() + value.slice(1),
}));

/** The page that answers first: how many calls, what became of them, what was paid, where that disagrees. */
export function Overview() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const days = periodDays(search, new Date(), viewerZone);
  const grouping = search.by ?? 'publisher';
  const compare = search.compare !== 'none';
  const sort = search.sort ?? 'calls';
  const direction = search.dir ?? 'desc';
  const report = useQuery({
    ...apiQuery('getBreakdown', {
      query: { by: grouping, ...days, time_zone: viewerZone, compare: compare ? 'previous' : 'none' },
    }),
    placeholderData: keepPreviousData,
  });
  const connections = useQuery(apiQuery('listConnections', { query: { limit: 500 } }));
  const change = (next: Partial<OverviewSearch>) =>
    navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });

  const period = { period: search.period, from: search.from, to: search.to };
  const currencies = report.data?.currencies ?? [];
  const currency = currencies.length === 1 ? (currencies[0] ?? null) : null;
  const silent =
    connections.data?.items.every((connection) => connection.event_count === 0) &&
    report.data?.rows.length === 0;

  return (
    <>
      <PageHeader
        title="Overview"
        actions={
          silent ? null : (
            <>
              <CompareSwitch on={compare} onChange={(on) => change({ compare: on ? undefined : 'none' })} />
              <PeriodPicker value={search} days={days} presets={closedPresets} onChange={change} />
            </>
          )
        }
      />
      <Attention />
      {silent ? <NoEvents connections={connections.data?.items ?? []} /> : null}
      {report.error ? (
        <ErrorBox className="mx-0" error={report.error} onRetry={() => report.refetch()} />
      ) : null}
      {silent || report.error ? null : (
        <div className="flex flex-col gap-4" aria-busy={report.isPlaceholderData}>
          {report.data ? <Tiles report={report.data} currency={currency} /> : <TilesSkeleton />}
          {report.data ? (
            <Disagreements report={report.data} currency={currency} period={period} />
          ) : (
            <Skeleton className="h-36 rounded-xl sm:h-20" />
          )}
          {currencies.length > 1 ? (
            <p className="rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn">
              These amounts add up {currencies.join(' and ')} as they stand. Look at one connection at a time.
            </p>
          ) : null}
          <TrendCard
            days={days}
            compare={compare}
            metricId={search.metric ?? 'calls'}
            onMetric={(metric) => change({ metric: metric === 'calls' ? undefined : metric })}
          />
          <Card
            title="Breakdown"
            actions={
              <div className="flex min-w-0 max-w-full flex-wrap items-center gap-2">
                <Segmented
                  label="Break down by"
                  options={groupingOptions}
                  value={grouping}
                  onChange={(by) => change({ by: by === 'publisher' ? undefined : by })}
                />
                <OwnFieldChoice
                  value={grouping}
                  onChange={(by) => change({ by: by === 'publisher' ? undefined : by })}
                />
              </div>
            }
          >
            {report.data ? null : <SkeletonRows label="Loading the breakdown" />}
            {report.data && report.data.rows.length > 0 ? (
              <BreakdownTable
                report={report.data}
                grouping={grouping}
                currency={currency}
                period={period}
                sort={sort}
                direction={direction}
                onSort={(next) =>
                  change({ sort: next, dir: next === sort && direction === 'desc' ? 'asc' : 'desc' })
                }
              />
            ) : null}
            {report.data?.rows.length === 0 ? (
              <Empty
                icon={<Cable />}
                title="No calls in this period"
                action={
                  <Link to="/" search={{ period: '30d' }} className={buttonLook()}>
                    Last 30 days
                  </Link>
                }
              >
                Choose a longer period, or see whether a connection has gone silent.
              </Empty>
            ) : null}
          </Card>
        </div>
      )}
    </>
  );
}
