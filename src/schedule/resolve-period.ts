import { Temporal } from 'temporal-polyfill';
import type { RelativePeriod } from '../contract/saved-reports.ts';
import { fromFirst } from '../report/period.ts';

/**
 * The query of a saved report as it is asked at a moment: a `period` becomes its days, both included, in the zone of
 * the query. Without one the query stays as it is.
 */
export function resolvePeriod(
  query: Record<string, string>,
  now: Date,
  fallbackZone: string,
): Record<string, string> {
  const { period, ...filters } = query;
  const timeZone = query.time_zone ?? fallbackZone;
  const range = period === undefined || period === 'custom' ? null : daysOf(period, now, timeZone);
  return { ...filters, time_zone: timeZone, ...range };
}

function daysOf(period: string, now: Date, timeZone: string): { from: string; to?: string } {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(timeZone === 'connection' ? 'UTC' : timeZone)
    .toPlainDate();
  const range = (from: Temporal.PlainDate, to: Temporal.PlainDate) => ({
    from: from.toString(),
    to: to.toString(),
  });
  switch (period as RelativePeriod) {
    case 'today':
      return range(today, today);
    case 'yesterday':
      return range(today.subtract({ days: 1 }), today.subtract({ days: 1 }));
    case '7d':
      return range(today.subtract({ days: 6 }), today);
    case 'month':
      return range(today.with({ day: 1 }), today);
    case 'all':
      return { from: fromFirst };
    case 'last_week': {
      const monday = today.subtract({ days: today.dayOfWeek + 6 });
      return range(monday, monday.add({ days: 6 }));
    }
    case 'last_month': {
      const first = today.with({ day: 1 }).subtract({ months: 1 });
      return range(first, first.add({ months: 1 }).subtract({ days: 1 }));
    }
    default:
      return range(today.subtract({ days: 29 }), today);
  }
}
