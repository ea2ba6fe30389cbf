import { unknown } from './number.ts';

/** The viewer's IANA zone. */
export const viewerZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const parts: Intl.DateTimeFormatOptions = { timeZone: viewerZone };
const minute = new Intl.DateTimeFormat(undefined, {
  ...parts,
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
});
const exact = new Intl.DateTimeFormat(undefined, {
  ...parts,
  dateStyle: 'medium',
  timeStyle: 'long',
});
const zoneName = new Intl.DateTimeFormat('en', { ...parts, timeZoneName: 'short' });
const calendarDay = new Intl.DateTimeFormat(undefined, { timeZone: 'UTC', month: 'short', day: 'numeric' });
const calendarDayLong = new Intl.DateTimeFormat(undefined, { timeZone: 'UTC', dateStyle: 'full' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

/** The viewer's zone as people write it now: `EST`, `GMT+2`. */
export function zoneLabel(at: Date = new Date()): string {
  return zoneName.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? viewerZone;
}

function read(instant: string | null | undefined): Date | null {
  if (!instant) return null;
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** An instant to the minute in the viewer's zone: `Nov 22, 9:41 AM`. */
export function formatMinute(instant: string | null | undefined): string {
  const date = read(instant);
  return date ? minute.format(date) : unknown;
}

/** An instant in full with zone, for tooltips. */
export function formatExact(instant: string | null | undefined): string {
  const date = read(instant);
  return date ? exact.format(date) : unknown;
}

/** How long ago, in the largest whole unit: `3 minutes ago`. */
export function formatAgo(instant: string | null | undefined, now: Date = new Date()): string {
  const date = read(instant);
  if (!date) return unknown;
  const seconds = Math.round((date.getTime() - now.getTime()) / 1000);
  const steps: [Intl.RelativeTimeFormatUnit, number][] = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ];
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
  }
  return Math.abs(seconds) < 10 ? 'just now' : relative.format(seconds, 'second');
}

/** A calendar day `2026-11-22` as `Nov 22`. */
export function formatDay(day: string): string {
  const date = read(`${day}T00:00:00Z`);
  return date ? calendarDay.format(date) : day;
}

/** A calendar day with weekday and year. */
export function formatDayLong(day: string): string {
  const date = read(`${day}T00:00:00Z`);
  return date ? calendarDayLong.format(date) : day;
}
