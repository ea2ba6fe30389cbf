import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Database } from '../db/database.ts';
import { type ClosedPeriod, fromFirst, type PeriodQuery, readClosedPeriod } from './period.ts';

/**
 * The period of a report: with `from=first` from the day of the first call on, and, without `to`, to the day of the last
 * one, at least to today. Otherwise as {@link readClosedPeriod} has it.
 * @param zones where calls go by several clocks, all of them: the first day by any, the last by any
 * @throws InvalidQuery
 */
export async function readReportPeriod(
  db: Database,
  query: PeriodQuery,
  now: Date,
  zones: string[] = [],
): Promise<ClosedPeriod> {
  if (query.from !== fromFirst) return readClosedPeriod(query, now);
  const { timeZone, to } = readClosedPeriod({ ...query, from: undefined }, now);
  // two looks at the two ends of an index; beyond these years there are no periods
  const { rows } = await sql<{ first: Date | null; last: Date | null }>`
    select min(call_at) as first, max(call_at) as last from call
    where not is_test and call_at >= '1901-01-01Z' and call_at < '2299-01-01Z'`.execute(db);
  const { first, last } = rows[0]!;
  const daysOf = (at: Date | null) => (at ? [timeZone, ...zones].map((zone) => dayIn(zone, at)) : []);
  const end = query.to ? to : [to, ...daysOf(last)].sort().at(-1)!;
  const from = [end.slice(0, 10), ...daysOf(first)].sort()[0]!;
  return readClosedPeriod({ from, to: end, time_zone: timeZone }, now);
}

function dayIn(timeZone: string, at: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString();
}
