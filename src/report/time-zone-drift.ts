import type { ConnectionHealthBody } from '../contract/connection-health.ts';

export type TimeZoneFinding = ConnectionHealthBody['time_zone'];

/** How calls' own times differ from their arrival: quartiles in seconds, and how many were compared. */
export type Drift = { events: number; low: number | null; median: number | null; high: number | null };

/** Fewer say nothing about a connection. */
const enoughEvents = 10;
/** Clocks differ, queues take a while: less than this is no finding. */
const tolerance = 20 * 60;
/** Zones lie whole half hours apart; a finding must lie this near to one. */
const nearHalfHour = 8 * 60;
/** A wrong zone moves all events alike; where they scatter more, they simply come late. */
const steady = 30 * 60;

/** Those of North America first, since most senders sit there. */
const candidates = [
  ...['America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles', 'America/Phoenix'],
  ...[
    'America/Anchorage',
    'Pacific/Honolulu',
    'UTC',
    'America/Halifax',
    'America/St_Johns',
    'America/Sao_Paulo',
  ],
  ...[
    'Europe/London',
    'Europe/Berlin',
    'Europe/Athens',
    'Europe/Moscow',
    'Africa/Johannesburg',
    'Asia/Dubai',
  ],
  ...['Asia/Karachi', 'Asia/Kolkata', 'Asia/Kathmandu', 'Asia/Dhaka', 'Asia/Bangkok', 'Asia/Manila'],
  ...['Asia/Tokyo', 'Australia/Adelaide', 'Australia/Sydney', 'Pacific/Auckland'],
];

/**
 * Tells a wrong time zone from late events. Were `call_date` in another zone than the connection says, every call
 * would seem to arrive whole hours after (or before) it took place.
 */
export function findZone(drift: Drift, zone: string, now: Date): TimeZoneFinding {
  const { events, low, median, high } = drift;
  const finding = { events, drift_seconds: median, suggested: null };
  if (median === null || low === null || high === null || events < enoughEvents) {
    return { ...finding, verdict: 'unknown' };
  }
  if (Math.abs(median) < tolerance) return { ...finding, verdict: 'good' };
  const steps = Math.round(median / 1800) * 1800;
  if (high - low > steady || Math.abs(median - steps) > nearHalfHour) return { ...finding, verdict: 'late' };
  const offset = offsetOf(zone, now) - steps;
  const suggested = candidates.find((candidate) => offsetOf(candidate, now) === offset) ?? null;
  // no clock on earth shows this: a queue that sends after a set time
  return suggested === null ? { ...finding, verdict: 'late' } : { ...finding, verdict: 'shifted', suggested };
}

/** Seconds by which a zone's clocks are ahead of UTC. */
function offsetOf(zone: string, at: Date): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(
    at,
  );
  const text = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /([+-])(\d{2}):(\d{2})/.exec(text) ?? [];
  if (!sign) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}
