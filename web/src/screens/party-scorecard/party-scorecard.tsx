import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { FileDown, Link2 } from 'lucide-react';
import { useMemo } from 'react';
import { api, requestUrl } from '../../api.ts';
import { apiQuery } from '../../api-query.ts';
import { formatInterval, formatMetric, formatPercent } from '../../format/metric.ts';
import { formatClock, formatCount } from '../../format/number.ts';
import { viewerZone } from '../../format/time.ts';
import { Button, buttonLook } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { DefinedName } from '../../parts/metric-definition.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { ReportLinks } from '../../parts/report-links.tsx';
import { SkeletonRows } from '../../parts/skeleton.tsx';
import { numberLook, rowLook, Table, Td, Th } from '../../parts/table.tsx';
import { When } from '../../parts/when.tsx';
import { closedPresets, periodDays } from '../../period/period.ts';
import { PeriodPicker } from '../../period/period-picker.tsx';
import { useMayWrite } from '../../shell/use-may-write.ts';
import { GivenLinks } from './given-links.tsx';

const route = getRouteApi('/app/party-scorecard');

/** A publisher's or buyer's own figures, as they may be sent to him. */
export function PartyScorecard() {
  const { party, name, ...period } = route.useSearch();
  const navigate = route.useNavigate();
  const mayWrite = useMayWrite();
  const days = useMemo(
    () => periodDays({ period: period.period, from: period.from, to: period.to }, new Date(), viewerZone),
    [period.period, period.from, period.to],
  );
  const query = { party, name, ...days, time_zone: viewerZone };
  const scorecard = useQuery({
    ...apiQuery('getPartyScorecard', { query }),
    placeholderData: keepPreviousData,
    enabled: name !== '',
  });
  const queries = useQueryClient();
  const share = useMutation({
    mutationFn: () => api('shareScorecard', { body: { ...query, days: 14 } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['listShareLinks'] }),
  });
  const found = scorecard.data;
  const currency = found?.currencies.length === 1 ? (found.currencies[0] ?? null) : null;
  return (
    <>
      <PageHeader
        title={`${party === 'publisher' ? 'Publisher' : 'Buyer'} scorecard: ${name}`}
        lead="Fit for sending out: no callers, no words of calls, no other party’s money."
        actions={
          <>
            <a
              href={requestUrl('/v1/reports/party-scorecard/file', { query })}
              className={buttonLook()}
              download
            >
              <FileDown aria-hidden /> HTML file
            </a>
            {mayWrite ? (
              <Button onClick={() => share.mutate()} disabled={share.isPending}>
                <Link2 aria-hidden /> Link for 14 days
              </Button>
            ) : null}
            <PeriodPicker
              presets={closedPresets}
              value={period}
              days={days}
              onChange={(next) => navigate({ search: (before) => ({ ...before, ...next }), replace: true })}
            />
          </>
        }
      />
      <ReportLinks />
      {share.error ? <ErrorBox className="mx-0 mb-4" error={share.error} /> : null}
      {share.data ? (
        <p className="mb-4 flex flex-wrap items-center gap-3 rounded-lg bg-accent-soft px-3 py-2 text-sm">
          <span className="min-w-0 break-all">{share.data.url}</span>
          <CopyButton text={share.data.url} label="Copy the link" word="Copy" />
          <span className="text-ink-2">
            works until <When at={share.data.expires_at} />
          </span>
        </p>
      ) : null}
      {mayWrite && name !== '' ? <GivenLinks party={party} name={name} /> : null}
      {scorecard.error ? (
        <ErrorBox className="mx-0" error={scorecard.error} onRetry={() => scorecard.refetch()} />
      ) : null}
      {!found && !scorecard.error ? <SkeletonRows label="Loading the scorecard" /> : null}
      {found ? (
        <div className="flex flex-col gap-4" aria-busy={scorecard.isPlaceholderData}>
          <Card title="Figures">
            <Table label="Figures">
              <thead>
                <tr>
                  <Th>Figure</Th>
                  <Th className="text-right">Period</Th>
                  <Th className="text-right">95 % interval</Th>
                  <Th className="text-right">Period before</Th>
                </tr>
              </thead>
              <tbody>
                {found.figures.map((figure) => (
                  <tr key={figure.id} className={rowLook}>
                    <th scope="row" className="min-w-48 border-line border-b py-1.5 pl-4 text-left">
                      <span className="block font-medium">{figure.label}</span>
                      <span className="block font-normal text-ink-3 text-xs">
                        {figure.definition}
                        {figure.denominator ? ` Out of: ${figure.denominator}.` : ''}
                      </span>
                    </th>
                    <Td className={numberLook}>{formatMetric(figure.value, figure.unit, currency)}</Td>
                    <Td className={numberLook}>{formatInterval(figure)}</Td>
                    <Td className={numberLook}>{formatMetric(figure.previous, figure.unit, currency)}</Td>
                  </tr>
                ))}
              </tbody>
            </Table>
          </Card>
          <div className="grid items-start gap-4 lg:grid-cols-2">
            <Card title="Why callers were no qualified prospects">
              <CountList items={found.reasons.map(({ label, calls }) => [label, formatCount(calls)])} />
            </Card>
            <Card
              title={party === 'publisher' ? 'Sub ids' : 'Campaigns'}
              hint={
                <>
                  calls,{' '}
                  <DefinedName of={found.figures} id="qualified_rate">
                    qualified
                  </DefinedName>
                </>
              }
            >
              <CountList
                items={found.sources.map(({ label, calls, qualified_rate }) => [
                  label,
                  `${formatCount(calls)} · ${formatPercent(qualified_rate)}`,
                ])}
              />
            </Card>
          </div>
          <Card title="Newest calls that are not billable">
            <Table label="Calls that are not billable">
              <thead>
                <tr>
                  <Th>Call id</Th>
                  <Th>Time</Th>
                  <Th className="text-right">Connected</Th>
                  <Th>Why</Th>
                </tr>
              </thead>
              <tbody>
                {found.calls.map((call) => (
                  <tr key={call.call_instance_id} className={rowLook}>
                    <Td className="break-all">{call.call_instance_id}</Td>
                    <Td>
                      <When at={call.call_at} />
                    </Td>
                    <Td className={numberLook}>{formatClock(call.connected_call_length)}</Td>
                    <Td>{call.verdict}</Td>
                  </tr>
                ))}
              </tbody>
            </Table>
          </Card>
        </div>
      ) : null}
    </>
  );
}

function CountList({ items }: { items: [label: string, value: string][] }) {
  if (items.length === 0) return <p className="px-4 py-5 text-ink-2 text-sm">None.</p>;
  return (
    <ul className="divide-y divide-line">
      {items.map(([label, value]) => (
        <li key={label} className="flex min-h-10 items-center gap-4 px-4 py-1.5 text-sm">
          <span className="min-w-0 break-words">{label}</span>
          <span className="ml-auto whitespace-nowrap">{value}</span>
        </li>
      ))}
    </ul>
  );
}
