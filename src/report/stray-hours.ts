import { Temporal } from 'temporal-polyfill';
import type { Span } from './rollup-spans.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** No zone has changed its clocks and changed them back within a week. */
const weekMs = 7 * dayMs;

/**
 * The hours of whole days of UTC that fall, by a zone's clocks, on another date than the noon of their day: in New York
 * the first four or five of each, which belong to the evening before.
 * @param days begins and ends with a day of UTC
 */
export function strayHours(days: Span, timeZone: string): Date[] {
  const offsetAt = (at: number) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).offsetNanoseconds / 1e6;
  const stray: Date[] = [];
  for (let week = days.start; week < days.end; week += weekMs) {
    const end = Math.min(week + weekMs, days.end);
    const [first, last] = [offsetAt(week), offsetAt(end)];
    const offset = first === last ? () => first : offsetAt;
    const dateOf = (at: number) => Math.floor((at + offset(at)) / dayMs);
    for (let day = week; day < end; day += dayMs) {
      const date = dateOf(day + dayMs / 2);
      for (let hour = day; hour < day + dayMs; hour += hourMs)
        if (dateOf(hour) !== date) stray.push(new Date(hour));
    }
  }
  return stray;
}
