import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Database } from '../db/database.ts';
import { type ClosedPeriod, inZone } from './period.ts';

/** As `time_zone`: each call by the clocks of its own connection. */
export const connectionZone = 'connection';

/**
 * The clocks that a report goes by. One zone for all calls, or, where connections lie in several and each counts by
 * its own, the zone of the call's connection `z`: then `period` reaches from the first beginning to the last end, and
 * `within` narrows it.
 */
export type ReportZone =
  | { kind: 'one'; period: ClosedPeriod }
  | { kind: 'each'; period: ClosedPeriod; within: RawBuilder<SqlBool> };

/** The zones of the connections that a report looks at. */
export async function readConnectionZones(db: Database, connectionId: string | undefined): Promise<string[]> {
  const { rows } = await sql<{ time_zone: string }>`
    select distinct time_zone from connection where ${connectionId ?? null}::text is null or id = ${connectionId ?? null}
    order by time_zone`.execute(db);
  return rows.map((row) => row.time_zone);
}

/** The same days by the clocks of these zones. @throws InvalidQuery */
export function zoneOf(period: ClosedPeriod, zones: string[]): ReportZone {
  const [first, ...others] = zones;
  if (!first) return { kind: 'one', period };
  if (others.length === 0) return { kind: 'one', period: inZone(period, first) };
  const periods = zones.map((zone) => inZone(period, zone));
  const earliest = periods
    .map(({ start }) => start)
    .reduce((a, b) => (Temporal.Instant.compare(a, b) < 0 ? a : b));
  const latest = periods.map(({ end }) => end).reduce((a, b) => (Temporal.Instant.compare(a, b) > 0 ? a : b));
  const matches = periods.map(
    ({ timeZone, start, end }) => sql`(z.time_zone = ${timeZone}
      and c.call_at >= ${start.toString()}::timestamptz and c.call_at < ${end.toString()}::timestamptz)`,
  );
  return {
    kind: 'each',
    period: { ...period, start: earliest, end: latest, timeZone: connectionZone },
    within: sql`(${sql.join(matches, sql` or `)})`,
  };
}

/** How far a zone's clocks are off whole hours within a period, at its worst, in minutes. */
export function minutesOff({ start, end, timeZone }: ClosedPeriod): number {
  const offsets = [];
  for (let at = start; Temporal.Instant.compare(at, end) < 0; at = at.add({ hours: 24 * 28 }))
    offsets.push(at);
  const minutes = [...offsets, end].map(
    (at) => Math.abs(at.toZonedDateTimeISO(timeZone).offsetNanoseconds / 60e9) % 60,
  );
  return Math.max(...minutes);
}
