import { Temporal } from 'temporal-polyfill';

/** The time of a call in a zone. */
export function callTime(now: Date, minutesAgo: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .subtract({ minutes: minutesAgo })
    .round('second')
    .toZonedDateTimeISO(timeZone);
}

/** `MM/DD/YYYY HH:MM:SS AM/PM`, as the webhook contract has it: without a zone. */
export function contractDate(time: Temporal.ZonedDateTime): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const hour = time.hour % 12 === 0 ? 12 : time.hour % 12;
  return `${two(time.month)}/${two(time.day)}/${time.year} ${two(hour)}:${two(time.minute)}:${two(time.second)} ${time.hour < 12 ? 'AM' : 'PM'}`;
}
