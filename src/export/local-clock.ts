import { Temporal } from 'temporal-polyfill';

const hour = 3_600_000;

/**
 * Offsets of a zone in minutes, remembered by the quarter of an hour: zones change their offset at such times only,
 * and an export asks a million times.
 */
export function createLocalClock(timeZone: string): { offsetAt: (epochMs: number) => number } {
  const known = new Map<number, number>();
  return {
    offsetAt(epochMs) {
      const slot = Math.floor(epochMs / (hour / 4));
      const found = known.get(slot);
      if (found !== undefined) return found;
      const instant = Temporal.Instant.fromEpochMilliseconds(slot * (hour / 4));
      const offset = instant.toZonedDateTimeISO(timeZone).offsetNanoseconds / 60_000_000_000;
      known.set(slot, offset);
      return offset;
    },
  };
}

/** ISO 8601 with the offset, e.g. `2025-07-07T13:59:05-04:00`. */
export function isoWithOffset(epochMs: number, offsetMinutes: number): string {
  const local = new Date(epochMs + offsetMinutes * 60_000).toISOString().slice(0, 19);
  const size = Math.abs(Math.trunc(offsetMinutes));
  const two = (n: number) => String(n).padStart(2, '0');
  return `${local}${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
