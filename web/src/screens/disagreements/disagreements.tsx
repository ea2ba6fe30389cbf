import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Scale } from 'lucide-react';
import { apiQuery } from '../../api-query.ts';
import { Card } from '../../parts/card.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { KeepReport } from '../../parts/keep-report.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { ReportLinks } from '../../parts/report-links.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { SkeletonRows } from '../../parts/skeleton.tsx';
import { callsQuery } from '../calls/calls-search.ts';
import { FilterBar } from '../calls/filter-bar.tsx';
import { DisagreeingCalls } from './disagreeing-calls.tsx';
import { DisagreementTable } from './disagreement-table.tsx';
import type { DisagreementsSearch } from './disagreements-search.ts';

const route = getRouteApi('/app/disagreements');
const parties = [
  { value: 'publisher', label: 'Publisher' },
  { value: 'buyer', label: 'Buyer' },
] as const;

/** Where reported and heard disagree: calls and money by party, and the calls with the words that decided. */
export function DisagreementReport() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  // the kind chooses among the calls below: the table goes on showing all four, to choose another
  const { by = 'publisher', disagreement, ...filters } = search;
  const query = callsQuery(filters, new Date());
  const report = useQuery({
    ...apiQuery('getDisagreements', { query: { ...query, by } }),
    placeholderData: keepPreviousData,
  });
  const change = (next: Partial<DisagreementsSearch>) =>
    navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });

  return (
    <>
      <PageHeader
        title="Disagreements"
        lead="What the platform reported against what was heard."
        actions={<KeepReport kind="disagreements" query={{ ...query, by }} saved={{ by, ...filters }} />}
      />
      <ReportLinks />
      <FilterBar search={filters} onChange={change} />
      {report.error ? (
        <ErrorBox className="mx-0" error={report.error} onRetry={() => report.refetch()} />
      ) : (
        <div className="flex flex-col gap-4" aria-busy={report.isPlaceholderData}>
          <Card
            title="Calls and money"
            actions={
              <Segmented
                label="By"
                options={parties}
                value={by}
                onChange={(next) => change({ by: next === 'publisher' ? undefined : next })}
              />
            }
          >
            {report.data ? null : <SkeletonRows label="Loading the report" />}
            {report.data && report.data.rows.length > 0 ? (
              <DisagreementTable report={report.data} onChoose={change} />
            ) : null}
            {report.data?.rows.length === 0 ? (
              <Empty icon={<Scale />} title="Nothing disagrees under these filters">
                Scored calls and what was reported about them say the same.
              </Empty>
            ) : null}
          </Card>
          <DisagreeingCalls
            filters={{ ...query, disagreement }}
            saved={{ ...filters, disagreement }}
            onDropKind={() => change({ disagreement: undefined })}
          />
        </div>
      )}
    </>
  );
}
