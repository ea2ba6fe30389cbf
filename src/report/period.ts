import { Temporal } from 'temporal-polyfill';
import { isTimeZone, timeZoneAdvice } from '../domain/places.ts';
import { InvalidQuery } from './invalid-query.ts';

/** A stretch of time: `start` inclusive, `end` exclusive, null where open. `from` and `to` as asked for. */
export type Period = {
  start: Temporal.Instant | null;
  end: Temporal.Instant | null;
  from: string | null;
  to: string | null;
  timeZone: string;
};

/** As `from`: from the first call on. */
export const fromFirst = 'first';

export type PeriodQuery = {
  from?: string | undefined;
  to?: string | undefined;
  time_zone?: string | undefined;
};

const date = /^\d{4}-\d{2}-\d{2}$/;
const earliest = Temporal.Instant.from('1900-01-01T00:00Z');
const latest = Temporal.Instant.from('2300-01-01T00:00Z');

/**
 * Reads `from` and `to`: a date is the whole day in `time_zone` (UTC if absent), however long clock changes make
 * it; an instant stands for itself, `first` for an open beginning.
 * @throws InvalidQuery
 */
export function readPeriod(query: PeriodQuery): Period {
  const timeZone = readTimeZone(query.time_zone);
  const from = query.from || null;
  const to = query.to || null;
  const start = from === null || from === fromFirst ? null : readEdge('from', from, timeZone, 0);
  const end = to === null ? null : readEdge('to', to, timeZone, 1);
  if (start && end && Temporal.Instant.compare(start, end) >= 0) {
    throw new InvalidQuery('to', '`to` must lie after `from`.');
  }
  return { start, end, from, to, timeZone };
}

/**
 * The same with both ends closed: the last 30 days, today included, where nothing is said; `from` alone runs to
 * today, `to` alone covers 30 days. When the first call was is asked elsewhere ({@link fromFirst} is refused).
 * @throws InvalidQuery
 */
export function readClosedPeriod(query: PeriodQuery, now: Date) {
  const timeZone = readTimeZone(query.time_zone);
  if (query.from === fromFirst) throw new InvalidQuery('from', '`from` must be a date here.');
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate();
  const to = query.to || today.toString();
  const lastDay = date.test(to) ? readDate('to', to) : dayOf(readEdge('to', to, timeZone, 1), timeZone);
  const from = query.from || lastDay.subtract({ days: 29 }).toString();
  const { start, end } = readPeriod({ from, to, time_zone: timeZone });
  return { start: start as Temporal.Instant, end: end as Temporal.Instant, from, to, timeZone };
}
export type ClosedPeriod = ReturnType<typeof readClosedPeriod>;

/** The period of equal length just before: as many calendar days where both ends are dates, else as much time. */
export function previousPeriod(period: ClosedPeriod): ClosedPeriod {
  const { timeZone } = period;
  if (date.test(period.from) && date.test(period.to)) {
    const first = readDate('from', period.from);
    const days = first.until(readDate('to', period.to)).days + 1;
    const from = first.subtract({ days }).toString();
    const to = first.subtract({ days: 1 }).toString();
    return { start: readEdge('from', from, timeZone, 0), end: period.start, from, to, timeZone };
  }
  const start = period.start.subtract(period.start.until(period.end));
  return { start, end: period.start, from: start.toString(), to: period.start.toString(), timeZone };
}

/** The same days a year before (February 29 becomes 28), or the same instants. */
export function yearBefore(period: ClosedPeriod): ClosedPeriod {
  const { timeZone } = period;
  const back = (field: string, text: string) =>
    date.test(text)
      ? readDate(field, text).subtract({ years: 1 }).toString()
      : readInstant(field, text).toZonedDateTimeISO(timeZone).subtract({ years: 1 }).toInstant().toString();
  const [from, to] = [back('from', period.from), back('to', period.to)];
  const [start, end] = [readEdge('from', from, timeZone, 0), readEdge('to', to, timeZone, 1)];
  return { start, end, from, to, timeZone };
}

/** The same days by other clocks. @throws InvalidQuery where an end of the period is an instant */
export function inZone({ from, to }: ClosedPeriod, timeZone: string): ClosedPeriod {
  for (const [field, text] of Object.entries({ from, to })) {
    if (!date.test(text)) {
      throw new InvalidQuery(field, `With \`time_zone=connection\`, \`${field}\` must be a date.`);
    }
  }
  return {
    start: readEdge('from', from, timeZone, 0),
    end: readEdge('to', to, timeZone, 1),
    from,
    to,
    timeZone,
  };
}

function readEdge(field: string, text: string, timeZone: string, addDays: 0 | 1): Temporal.Instant {
  const edge = date.test(text)
    ? readDate(field, text).add({ days: addDays }).toZonedDateTime(timeZone).toInstant()
    : readInstant(field, text);
  if (Temporal.Instant.compare(edge, earliest) < 0 || Temporal.Instant.compare(edge, latest) > 0) {
    throw new InvalidQuery(field, `\`${field}\` must lie between the years 1900 and 2300.`);
  }
  return edge;
}

function readDate(field: string, text: string): Temporal.PlainDate {
  try {
    return Temporal.PlainDate.from(text);
  } catch {
    throw new InvalidQuery(field, `There is no day ${text}.`);
  }
}

function readInstant(field: string, text: string): Temporal.Instant {
  try {
    return Temporal.Instant.from(text);
  } catch {
    throw new InvalidQuery(
      field,
      `\`${field}\` must be a date such as 2025-07-07, or an instant with its offset such as 2025-07-07T14:00:00Z (a + in an address is written %2B).`,
    );
  }
}

/** The day that ends at, or holds the last moment before, `end`. */
function dayOf(end: Temporal.Instant, timeZone: string): Temporal.PlainDate {
  return end.subtract({ nanoseconds: 1 }).toZonedDateTimeISO(timeZone).toPlainDate();
}

function readTimeZone(name: string | undefined): string {
  if (!name) return 'UTC';
  if (!isTimeZone(name)) throw new InvalidQuery('time_zone', `\`time_zone\`: ${timeZoneAdvice}.`);
  return name;
}
