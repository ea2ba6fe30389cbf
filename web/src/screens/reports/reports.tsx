import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Table2 } from 'lucide-react';
import type { BreakdownBody } from '../../../../src/contract/reports.ts';
import { apiQuery } from '../../api-query.ts';
import { viewerZone } from '../../format/time.ts';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { KeepReport } from '../../parts/keep-report.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { ReportLinks } from '../../parts/report-links.tsx';
import { SkeletonRows } from '../../parts/skeleton.tsx';
import { periodQuery } from '../../period/period.ts';
import type { CallsSearch } from '../calls/calls-search.ts';
import { FilterBar } from '../calls/filter-bar.tsx';
import { metricSets } from './metric-sets.ts';
import { ReportControls } from './report-controls.tsx';
import { ReportTable } from './report-table.tsx';
import type { ReportsSearch } from './reports-search.ts';
import { rowFilters } from './row-filters.ts';

const route = getRouteApi('/app/reports');

/** Calls, outcomes and money by any one or two dimensions, under any filter. */
export function Reports() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const {
    by = 'publisher',
    then_by,
    compare,
    as,
    zone,
    metrics = 'calls',
    sort,
    dir = 'desc',
    ...rest
  } = search;
  const { period, from, to, ...filters } = rest;
  const days = periodQuery({ period, from, to }, new Date(), viewerZone);
  const report = useQuery({
    ...apiQuery('getBreakdown', {
      query: {
        ...filters,
        ...days,
        by,
        then_by,
        time_zone: zone ?? viewerZone,
        compare: compare ?? 'none',
        as: as ?? 'now',
      },
    }),
    placeholderData: keepPreviousData,
  });
  const change = (next: Partial<ReportsSearch>) =>
    navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });
  const currencies = report.data?.currencies ?? [];
  const shown = metricSets[metrics].ids.flatMap(
    (id) => report.data?.metrics.find((metric) => metric.id === id) ?? [],
  );

  const before = report.data?.previous_period;
  // by what the rows on the screen are grouped, which is not yet what the address asks while others are fetched
  function callsOf(row: BreakdownBody['rows'][number], counted: BreakdownBody): CallsSearch | null {
    const { by, then_by } = counted;
    // days of each connection's clocks are no days of the viewer's
    if (zone && [by, then_by].some((name) => name && ['day', 'week', 'month'].includes(name))) return null;
    const first = rowFilters(by, row, counted);
    const second = then_by && row.second ? rowFilters(then_by, row.second, counted) : {};
    return first && second ? { ...rest, ...first, ...second } : null;
  }

  return (
    <>
      <PageHeader
        title="Reports"
        actions={
          <KeepReport
            kind="breakdown"
            query={{
              ...filters,
              ...days,
              by,
              then_by,
              compare,
              as,
              time_zone: zone ?? viewerZone,
            }}
            saved={{ ...rest, by, then_by, compare, as, time_zone: zone ?? viewerZone }}
            columns={shown.map(({ id }) => id)}
          />
        }
      />
      <ReportLinks />
      <FilterBar search={rest} onChange={(next) => change(next as Partial<ReportsSearch>)} />
      <ReportControls search={search} onChange={change} />
      {currencies.length > 1 ? (
        <p className="mb-4 rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn">
          These amounts add up {currencies.join(' and ')} as they stand. Look at one connection at a time.
        </p>
      ) : null}
      {report.error ? (
        <ErrorBox className="mx-0" error={report.error} onRetry={() => report.refetch()} />
      ) : (
        <div aria-busy={report.isPlaceholderData}>
          <Card
            title={then_by ? 'By two dimensions' : 'Breakdown'}
            hint={before ? `“was”: ${before.from.slice(0, 10)} to ${before.to.slice(0, 10)}` : undefined}
          >
            {report.data ? null : <SkeletonRows label="Loading the report" />}
            {report.data && report.data.rows.length > 0 ? (
              <ReportTable
                report={report.data}
                metrics={shown}
                currency={currencies.length === 1 ? (currencies[0] ?? null) : null}
                sort={sort ?? null}
                direction={dir}
                callsOf={(row) => callsOf(row, report.data)}
                onSort={(next) =>
                  change({ sort: next, dir: next === sort && dir === 'desc' ? 'asc' : 'desc' })
                }
              />
            ) : null}
            {report.data?.rows.length === 0 ? (
              <Empty icon={<Table2 />} title="No calls in this period">
                Choose a longer period, or drop a filter.
              </Empty>
            ) : null}
          </Card>
        </div>
      )}
    </>
  );
}
