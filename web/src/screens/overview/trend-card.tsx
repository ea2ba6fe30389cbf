import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { BreakdownBody } from '../../../../src/contract/reports.ts';
import { apiQuery } from '../../api-query.ts';
import { formatMetric } from '../../format/metric.ts';
import { formatMoneyShort } from '../../format/money.ts';
import { formatShort } from '../../format/number.ts';
import { viewerZone } from '../../format/time.ts';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { ErrorBox } from '../../parts/error-box.tsx';
import { DefinedName } from '../../parts/metric-definition.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Table, Td, Th } from '../../parts/table.tsx';
import { TrendChart } from '../../parts/trend-chart.tsx';
import { type DayRange, dayCount, dayIn, rangeBefore } from '../../period/period.ts';
import { chartMetrics } from './metric-choice.ts';
import { trendPoints } from './trend-points.ts';

function stepQuery(days: DayRange, by: 'day' | 'hour') {
  return apiQuery('getBreakdown', { query: { by, ...days, time_zone: viewerZone } });
}

/** One number over the days of the period (the hours of a single day), beside the period before. */
export function TrendCard({
  days,
  compare,
  metricId,
  onMetric,
}: {
  days: DayRange;
  compare: boolean;
  metricId: string;
  onMetric: (id: string) => void;
}) {
  const [asTable, setAsTable] = useState(false);
  const by = dayCount(days) === 1 ? 'hour' : 'day';
  const now = useQuery({
    ...stepQuery(days, by),
    placeholderData: (kept: BreakdownBody | undefined) => kept,
  });
  const before = useQuery({ ...stepQuery(rangeBefore(days), by), enabled: compare });
  const report = now.data?.by === by ? now.data : undefined;
  const metric = report?.metrics.find(({ id }) => id === metricId);
  const currency = report?.currencies.length === 1 ? (report.currencies[0] ?? null) : null;
  const name = metric?.label ?? chartMetrics.find(({ id }) => id === metricId)?.label ?? metricId;
  const points =
    report && metric
      ? trendPoints({
          by,
          days,
          report,
          before: compare ? before.data : undefined,
          metric,
          currency,
          now: { day: dayIn(viewerZone, new Date()), hour: new Date().getHours() },
        })
      : null;

  return (
    <Card
      title={
        <DefinedName of={report?.metrics} id={metricId}>
          {name}
        </DefinedName>
      }
      hint={by === 'hour' ? 'by hour' : 'by day'}
      actions={
        <>
          <Segmented
            label="Metric of the chart"
            options={chartMetrics.map(({ id, label }) => ({ value: id, label }))}
            value={metricId}
            onChange={onMetric}
          />
          <Button size="small" look="quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {asTable ? 'Chart' : 'Table'}
          </Button>
        </>
      }
    >
      {now.error ? <ErrorBox error={now.error} onRetry={() => now.refetch()} /> : null}
      {!points && !now.error ? <Skeleton className="m-4 h-[240px]" /> : null}
      {points && !asTable ? (
        <div className="px-3 pt-4 pb-4">
          <TrendChart
            name={name}
            points={points}
            whole={metric?.unit === 'count'}
            formatTick={(tick) =>
              metric?.unit === 'money' ? formatMoneyShort(tick, currency) : formatShort(tick)
            }
          />
        </div>
      ) : null}
      {points && asTable ? (
        <div className="max-h-[17rem] overflow-y-auto">
          <Table label={`${name} over time`}>
            <thead>
              <tr>
                <Th>{by === 'hour' ? 'Hour' : 'Day'}</Th>
                <Th className="text-right">{name}</Th>
                {compare ? <Th className="text-right">Period before</Th> : null}
              </tr>
            </thead>
            <tbody>
              {points.map((point) => (
                <tr key={point.fullLabel}>
                  <Td className="h-8">{point.fullLabel}</Td>
                  <Td className="h-8 text-right">
                    {metric ? formatMetric(point.value, metric.unit, currency) : ''}
                  </Td>
                  {compare ? (
                    <Td className="h-8 text-right text-ink-2">{point.before?.text ?? '—'}</Td>
                  ) : null}
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      ) : null}
    </Card>
  );
}
