import { Link } from '@tanstack/react-router';
import { Scale } from 'lucide-react';
import type { BreakdownBody } from '../../../../src/contract/reports.ts';
import { formatMetric } from '../../format/metric.ts';
import { formatCount, formatCounted } from '../../format/number.ts';
import { cn } from '../../parts/class-names.ts';
import { MetricDefinition } from '../../parts/metric-definition.tsx';
import { Tooltip } from '../../parts/tooltip.tsx';
import type { PeriodSearch } from '../../period/period.ts';
import { disagreementWords } from '../../words.ts';
import { disagreementMetrics } from './metric-choice.ts';

/** What the platform reported against what was heard, in money; each cell leads to its calls. */
export function Disagreements({
  report,
  currency,
  period,
}: {
  report: BreakdownBody;
  currency: string | null;
  period: PeriodSearch;
}) {
  return (
    <section
      aria-labelledby="disagreements"
      className="grid overflow-hidden rounded-xl border border-line bg-line max-sm:grid-cols-2 max-sm:gap-px sm:grid-cols-[10.5rem_repeat(4,minmax(0,1fr))] sm:gap-px"
    >
      <h2
        id="disagreements"
        className="flex items-center gap-2 bg-surface px-4 py-3 font-semibold text-sm max-sm:col-span-2"
      >
        <Scale aria-hidden className="size-4 shrink-0 text-bad" />
        Reported and heard disagree
      </h2>
      {disagreementMetrics.map((kind) => {
        const money = report.metrics.find(({ id }) => id === `${kind}_money`);
        const calls = Number(report.total[kind] ?? 0);
        if (!money) return null;
        const known = report.total_known[money.id];
        return (
          <Tooltip key={kind} text={<MetricDefinition metric={money} />}>
            {(target) => (
              <Link
                {...target}
                to="/calls"
                search={{ ...period, disagreement: kind }}
                className="flex min-w-0 flex-col bg-surface px-4 py-3 hover:bg-sunken/60 focus-visible:-outline-offset-2"
              >
                <span className="truncate text-ink-2 text-xs">{disagreementWords[kind]}</span>
                <span className={cn('mt-0.5 truncate font-semibold text-lg', calls > 0 && 'text-bad')}>
                  {formatMetric(report.total[money.id], 'money', currency)}
                </span>
                <span className="truncate text-ink-3 text-xs">
                  {known && known.n > 0 && known.n < known.of ? `known for ${formatCount(known.n)} of ` : ''}
                  {formatCounted(calls, 'call')}
                  {money.label.includes('estimate') ? ' · estimate' : ''}
                </span>
              </Link>
            )}
          </Tooltip>
        );
      })}
    </section>
  );
}
