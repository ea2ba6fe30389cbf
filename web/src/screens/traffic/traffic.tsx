import { getRouteApi } from '@tanstack/react-router';
import { viewerZone } from '../../format/time.ts';
import { KeepReport } from '../../parts/keep-report.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { ReportLinks } from '../../parts/report-links.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { callsQuery } from '../calls/calls-search.ts';
import { FilterBar } from '../calls/filter-bar.tsx';
import { Coverage } from './coverage.tsx';
import { RepeatCallers } from './repeat-callers.tsx';
import { SilentBar } from './silent-bar.tsx';
import { SilentSources } from './silent-sources.tsx';
import { ThresholdClustering } from './threshold-clustering.tsx';
import type { TrafficSearch } from './traffic-search.ts';

const route = getRouteApi('/app/traffic');

const noReason = { stage: undefined, state: undefined, code: undefined };

/** What in the traffic asks for a look: not scored, bunched, repeated, silent. */
export function Traffic() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { tab = 'coverage', stage, state, code, within, show, ...filters } = search;
  const query = callsQuery(filters, new Date());
  const silent = { show: show ?? ('all' as const), connection_id: search.connection_id };
  const change = (next: Partial<TrafficSearch>) =>
    navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });
  const kept = {
    coverage: { kind: 'coverage', query, saved: filters },
    threshold: {
      kind: 'threshold_clustering',
      query: { ...query, within },
      saved: { ...filters, within },
    },
    repeat: { kind: 'repeat_callers', query, saved: filters },
    silent: { kind: 'silent_sources', query: { ...silent, time_zone: viewerZone }, saved: silent },
  } as const;
  return (
    <>
      <PageHeader title="Traffic" actions={<KeepReport key={tab} {...kept[tab]} />} />
      <ReportLinks />
      {tab === 'silent' ? (
        <SilentBar search={search} onChange={change} />
      ) : (
        <FilterBar search={filters} onChange={change} />
      )}
      <Tabs
        label="Traffic"
        boxed={false}
        value={tab}
        onChange={(next) => change({ tab: next === 'coverage' ? undefined : next, ...noReason })}
        tabs={[
          {
            value: 'coverage',
            label: 'Coverage',
            content: (
              <Coverage
                query={query}
                search={filters}
                why={{ stage, state, code }}
                onChoose={(why) => change({ ...noReason, ...why })}
              />
            ),
          },
          {
            value: 'threshold',
            label: 'Pay threshold',
            content: (
              <ThresholdClustering
                query={{ ...query, within }}
                onWithin={(seconds) => change({ within: seconds === 5 ? undefined : seconds })}
              />
            ),
          },
          {
            value: 'repeat',
            label: 'Repeat callers',
            content: <RepeatCallers query={query} search={filters} />,
          },
          { value: 'silent', label: 'Silent sources', content: <SilentSources query={silent} /> },
        ]}
      />
    </>
  );
}
