import type { BreakdownBody, MetricBody } from '../../../../src/contract/reports.ts';
import { formatMetric } from '../../format/metric.ts';
import { unknown } from '../../format/number.ts';
import { formatDay, formatDayLong } from '../../format/time.ts';
import type { TrendPoint } from '../../parts/trend-chart.tsx';
import { type DayRange, daysOf, rangeBefore } from '../../period/period.ts';

const hours = Array.from({ length: 24 }, (_, hour) => String(hour));

function valuesByStep(report: BreakdownBody | undefined, by: 'day' | 'hour') {
  return new Map(
    (report?.rows ?? []).map((row) => [
      by === 'hour' ? String(Number(row.key)) : (row.key ?? ''),
      row.values,
    ]),
  );
}

/**
 * Every step of the period, those without calls too: there a count or an amount is 0, a rate
 * unknown; so is everything that is still to come. `before`
 * is laid step by step beside it.
 */
export function trendPoints({
  by,
  days,
  report,
  before,
  metric,
  currency,
  now,
}: {
  by: 'day' | 'hour';
  days: DayRange;
  report: BreakdownBody;
  before: BreakdownBody | undefined;
  metric: MetricBody;
  currency: string | null;
  /** Today and the hour now, in the zone of the report. */
  now: { day: string; hour: number };
}): TrendPoint[] {
  const values = valuesByStep(report, by);
  const earlier = valuesByStep(before, by);
  const beforeDays = rangeBefore(days);
  const steps = by === 'hour' ? hours : daysOf(days);
  const earlierSteps = by === 'hour' ? hours : daysOf(beforeDays);
  const empty = metric.unit === 'count' || metric.unit === 'money' ? 0 : null;

  function at(values: ReturnType<typeof valuesByStep>, step: string) {
    const row = values.get(step);
    const raw = row ? (row[metric.id] ?? null) : empty;
    return { value: raw === null ? null : Number(raw), text: formatMetric(raw, metric.unit, currency) };
  }
  function name(step: string, day: string): string {
    return by === 'hour' ? `${formatDay(day)}, ${step.padStart(2, '0')}:00` : formatDayLong(step);
  }

  /** -1 past, 0 running, 1 still to come. */
  function tense(step: string): number {
    if (by === 'day') return Math.sign(step.localeCompare(now.day));
    return days.from === now.day
      ? Math.sign(Number(step) - now.hour)
      : Math.sign(days.from.localeCompare(now.day));
  }

  return steps.map((step, index) => {
    const earlierStep = earlierSteps[index];
    return {
      label: by === 'hour' ? `${step.padStart(2, '0')}:00` : formatDay(step),
      fullLabel: name(step, days.from),
      ...(tense(step) > 0 ? { value: null, text: unknown } : at(values, step)),
      running: tense(step) === 0,
      before:
        before && earlierStep !== undefined
          ? {
              ...at(earlier, earlierStep),
              fullLabel: by === 'hour' ? name(earlierStep, beforeDays.from) : formatDay(earlierStep),
            }
          : null,
    };
  });
}
