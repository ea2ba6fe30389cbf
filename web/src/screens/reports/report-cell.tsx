import type { BreakdownBody, MetricBody } from '../../../../src/contract/reports.ts';
import { formatInterval, formatMetric } from '../../format/metric.ts';
import { formatCount } from '../../format/number.ts';
import { KnownOf } from '../../parts/known-of.tsx';

type Row = Pick<BreakdownBody['rows'][number], 'values' | 'rates' | 'known' | 'previous'>;

/** One figure: under a rate, of how many and its interval; under it, what it was in the period compared with. */
export function ReportCell({
  row,
  metric,
  currency,
  compared,
}: {
  row: Row;
  metric: MetricBody;
  currency: string | null;
  /** The report was compared with another period: what had no calls in it is told, too. */
  compared: boolean;
}) {
  const rate = row.rates[metric.id];
  return (
    <>
      <span className="block">{formatMetric(row.values[metric.id], metric.unit, currency)}</span>
      <KnownOf known={row.known[metric.id]} />
      {rate && rate.low !== null && rate.high !== null ? (
        <span className="block whitespace-nowrap text-2xs text-ink-3" title="95 % interval, of how many">
          {formatInterval(rate)} · n {formatCount(rate.n)}
        </span>
      ) : null}
      {row.previous ? (
        <span className="block whitespace-nowrap text-2xs text-ink-3" title="In the period compared with">
          was {formatMetric(row.previous[metric.id], metric.unit, currency)}
        </span>
      ) : compared ? (
        <span
          className="block whitespace-nowrap text-2xs text-ink-3"
          title="No calls in the period compared with"
        >
          was none
        </span>
      ) : null}
    </>
  );
}
