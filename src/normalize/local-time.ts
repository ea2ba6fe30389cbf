import { Temporal } from 'temporal-polyfill';

/** A wall-clock time as a place's clocks show it. */
export type WallTime = {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
};

/** `instant` in milliseconds since 1970; `doubt` where the clocks of the zone were being changed. */
export type ResolvedTime = { instant: number; doubt: null | 'gap' | 'earlier' | 'later' };

const twoHours = 7_200_000;
const tenMinutes = 600_000;

/** Per zone: hours since 1970 on the wall clock → offset in milliseconds, NaN where it changes within. */
const offsets = new Map<string, Map<number, number>>();

function offsetsOf(zone: string): Map<number, number> {
  let known = offsets.get(zone);
  if (!known) {
    known = new Map();
    offsets.set(zone, known);
  }
  return known;
}

/** The one offset of a whole wall-clock hour, or NaN when the clocks change in it. */
function findOffset(zone: string, hour: number): number {
  const start = Temporal.Instant.fromEpochMilliseconds(hour * 3_600_000)
    .toZonedDateTimeISO('UTC')
    .toPlainDateTime();
  const end = start.add({ minutes: 59, seconds: 59, milliseconds: 999 });
  const first = start.toZonedDateTime(zone, { disambiguation: 'earlier' }).offsetNanoseconds;
  const same =
    start.toZonedDateTime(zone, { disambiguation: 'later' }).offsetNanoseconds === first &&
    end.toZonedDateTime(zone, { disambiguation: 'earlier' }).offsetNanoseconds === first &&
    end.toZonedDateTime(zone, { disambiguation: 'later' }).offsetNanoseconds === first;
  return same ? first / 1e6 : Number.NaN;
}

/** The rare hour in which clocks change: Temporal's `compatible` rule, helped by the time of arrival. */
function resolveChange(wall: WallTime, zone: string, receivedAt: number): ResolvedTime {
  const plain = Temporal.PlainDateTime.from(wall);
  const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = plain.toZonedDateTime(zone, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds)
    return { instant: earlier.epochMilliseconds, doubt: null };
  if (!earlier.toPlainDateTime().equals(plain)) return { instant: later.epochMilliseconds, doubt: 'gap' };
  const since = receivedAt - later.epochMilliseconds;
  if (since >= -tenMinutes && since <= twoHours) return { instant: later.epochMilliseconds, doubt: 'later' };
  return { instant: earlier.epochMilliseconds, doubt: 'earlier' };
}

/** The instant at which clocks in UTC show this time; epoch milliseconds. */
export function utcOf({ year, month, day, hour, minute, second, millisecond }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
}

/**
 * The instant of a valid wall-clock time in an IANA zone. Skipped time: the later instant. Repeated time: the
 * earlier one, unless the event arrived within two hours of the later one. The server's own zone plays no part.
 * Offsets are remembered by the hour, so that the usual event needs no calendar arithmetic.
 */
export function resolveLocalTime(wall: WallTime, zone: string, receivedAt: number): ResolvedTime {
  const asUtc = utcOf(wall);
  const hour = Math.floor(asUtc / 3_600_000);
  const known = offsetsOf(zone);
  let offset = known.get(hour);
  if (offset === undefined) {
    offset = findOffset(zone, hour);
    if (known.size >= 20_000) known.clear();
    known.set(hour, offset);
  }
  if (Number.isNaN(offset)) return resolveChange(wall, zone, receivedAt);
  return { instant: asUtc - offset, doubt: null };
}
