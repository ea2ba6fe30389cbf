import { z } from 'zod';

/** Periods with two ends, for what compares them or draws them day by day. */
export const closedPresets = ['today', 'yesterday', '7d', '30d', 'month', 'custom'] as const;
export type ClosedPreset = (typeof closedPresets)[number];

export const presets = ['today', 'yesterday', '7d', '30d', 'month', 'all', 'custom'] as const;
export type Preset = (typeof presets)[number];

export const presetLabels: Record<Preset, string> = {
  today: 'Today',
  yesterday: 'Yesterday',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
  month: 'This month',
  all: 'All time',
  custom: 'Custom',
};

/** A calendar day, `YYYY-MM-DD`. */
const day = z.iso.date().optional().catch(undefined);

/** The period as it stands in the address; anything unreadable falls back to the default. */
export const periodSearch = {
  period: z.enum(presets).optional().catch(undefined),
  from: day,
  to: day,
};
/** The same for pages that need both ends. */
export const closedPeriodSearch = {
  ...periodSearch,
  period: z.enum(closedPresets).optional().catch(undefined),
};
export type PeriodSearch<P extends Preset = Preset> = {
  period?: P | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

/** Whole calendar days, both included. */
export type DayRange = { from: string; to: string };

export const defaultPreset: Preset = '30d';

/** The calendar day of an instant in a zone. */
export function dayIn(zone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(at);
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** A calendar day, some days later (or earlier, below 0). */
export function addDays(from: string, days: number): string {
  const date = new Date(`${from}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** Number of days in a range. */
export function dayCount({ from, to }: DayRange): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
}

/** All days of a range, in order. */
export function daysOf(range: DayRange): string[] {
  return Array.from({ length: dayCount(range) }, (_, index) => addDays(range.from, index));
}

/** What the API is asked for: days, both included, or everything from the first call on. */
export function periodQuery(
  search: PeriodSearch,
  now: Date,
  zone: string,
): { from: string; to: string | undefined } {
  return search.period === 'all' ? { from: 'first', to: undefined } : periodDays(search, now, zone);
}

/**
 * The days meant by a period, as seen from `now` in a zone. A custom one without days is the default; for all time, which
 * has none, it is where a custom one begins to be chosen.
 */
export function periodDays(search: PeriodSearch, now: Date, zone: string): DayRange {
  const today = dayIn(zone, now);
  switch (search.period ?? defaultPreset) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case '7d':
      return { from: addDays(today, -6), to: today };
    case 'month':
      return { from: `${today.slice(0, 8)}01`, to: today };
    case 'custom': {
      const from = search.from ?? search.to ?? addDays(today, -29);
      const to = search.to ?? search.from ?? today;
      return from <= to ? { from, to } : { from: to, to: from };
    }
    default:
      return { from: addDays(today, -29), to: today };
  }
}

/** The range of equal length just before. */
export function rangeBefore(range: DayRange): DayRange {
  const length = dayCount(range);
  return { from: addDays(range.from, -length), to: addDays(range.from, -1) };
}
