import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { viewerZone } from '../../format/time.ts';
import { PageHeader } from '../../parts/page-header.tsx';
import { ReportLinks } from '../../parts/report-links.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { periodDays } from '../../period/period.ts';
import { PeriodPicker } from '../../period/period-picker.tsx';
import { Coverage } from './coverage.tsx';
import { RepeatCallers } from './repeat-callers.tsx';
import { SilentSources } from './silent-sources.tsx';
import { ThresholdClustering } from './threshold-clustering.tsx';

const route = getRouteApi('/app/traffic');

/** What in the traffic asks for a look: not scored, bunched, repeated, silent. */
export function Traffic() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { tab = 'coverage', ...period } = search;
  const days = useMemo(
    () => periodDays({ period: period.period, from: period.from, to: period.to }, new Date(), viewerZone),
    [period.period, period.from, period.to],
  );
  const query = { ...days, time_zone: viewerZone };
  return (
    <>
      <PageHeader
        title="Traffic"
        actions={
          tab === 'silent' ? null : (
            <PeriodPicker
              value={search}
              days={days}
              onChange={(next) =>
                navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false })
              }
            />
          )
        }
      />
      <ReportLinks />
      <Tabs
        label="Traffic"
        value={tab}
        onChange={(next) =>
          navigate({
            search: (before) => ({ ...before, tab: next === 'coverage' ? undefined : next }),
            replace: true,
            resetScroll: false,
          })
        }
        tabs={[
          { value: 'coverage', label: 'Coverage', content: <Coverage query={query} /> },
          { value: 'threshold', label: 'Pay threshold', content: <ThresholdClustering query={query} /> },
          { value: 'repeat', label: 'Repeat callers', content: <RepeatCallers query={query} /> },
          { value: 'silent', label: 'Silent sources', content: <SilentSources /> },
        ]}
      />
    </>
  );
}
