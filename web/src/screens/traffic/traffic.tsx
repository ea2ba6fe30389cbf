import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { viewerZone } from '../../format/time.ts';
import { KeepReport } from '../../parts/keep-report.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { ReportLinks } from '../../parts/report-links.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { periodDays } from '../../period/period.ts';
import { PeriodPicker } from '../../period/period-picker.tsx';
import { Coverage } from './coverage.tsx';
import { RepeatCallers } from './repeat-callers.tsx';
import { allSources, SilentSources } from './silent-sources.tsx';
import { ThresholdClustering } from './threshold-clustering.tsx';

const kinds = {
  coverage: 'coverage',
  threshold: 'threshold_clustering',
  repeat: 'repeat_callers',
  silent: 'silent_sources',
} as const;

const route = getRouteApi('/app/traffic');

const noReason = { stage: undefined, state: undefined, code: undefined };

/** What in the traffic asks for a look: not scored, bunched, repeated, silent. */
export function Traffic() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { tab = 'coverage', stage, state, code, ...period } = search;
  const days = useMemo(
    () => periodDays({ period: period.period, from: period.from, to: period.to }, new Date(), viewerZone),
    [period.period, period.from, period.to],
  );
  const query = { ...days, time_zone: viewerZone };
  const change = (next: Partial<typeof search>) =>
    navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });
  const kept =
    tab === 'silent'
      ? { query: { ...allSources, time_zone: viewerZone }, saved: allSources }
      : { query, saved: period };
  return (
    <>
      <PageHeader
        title="Traffic"
        actions={
          <>
            <KeepReport key={tab} kind={kinds[tab]} {...kept} />
            {tab === 'silent' ? null : <PeriodPicker value={search} days={days} onChange={change} />}
          </>
        }
      />
      <ReportLinks />
      <Tabs
        label="Traffic"
        value={tab}
        onChange={(next) => change({ tab: next === 'coverage' ? undefined : next, ...noReason })}
        tabs={[
          {
            value: 'coverage',
            label: 'Coverage',
            content: (
              <Coverage
                query={query}
                period={period}
                why={{ stage, state, code }}
                onChoose={(why) => change({ ...noReason, ...why })}
              />
            ),
          },
          { value: 'threshold', label: 'Pay threshold', content: <ThresholdClustering query={query} /> },
          { value: 'repeat', label: 'Repeat callers', content: <RepeatCallers query={query} /> },
          { value: 'silent', label: 'Silent sources', content: <SilentSources /> },
        ]}
      />
    </>
  );
}
