import { Temporal } from 'temporal-polyfill';

type ExportedEvent = {
  call_instance_id: string;
  connection_id: string;
  content_type: string | null;
  status: string;
  kind: string;
  is_test: boolean;
  query: string;
  body: string;
};

/**
 * An event of the demo as the recount reads it: whatever way its platform wrote its fields, as JSON with instants in
 * UTC, callers in E.164 and plain truths. Written from what the platforms document, not from Aria's code.
 * @param zones time zone of each connection
 */
export function plainEvent(line: string, zones: Map<string, string>): string {
  const event = JSON.parse(line) as ExportedEvent;
  if (event.status !== 'accepted') return line;
  const fields: Record<string, string | null> = event.content_type?.startsWith('application/json')
    ? JSON.parse(event.body)
    : Object.fromEntries(new URLSearchParams(event.body || event.query));
  const { call_date: date, caller_id: caller, converted } = fields;
  return JSON.stringify({
    ...event,
    body: {
      ...fields,
      call_date: date ? toInstant(date, zones.get(event.connection_id)!) : null,
      caller_id: caller ? toE164(caller) : null,
      converted: toTruth(converted ?? ''),
    },
  });
}

/** ISO 8601, or the clocks of the platform's account: `11/19/2026 02:02:10 PM`, `2026-11-19 14:02:10`. */
function toInstant(text: string, timeZone: string): string {
  const us = /^(\d+)\/(\d+)\/(\d+) (\d+):(\d+):(\d+) ([AP]M)$/.exec(text);
  if (!us) {
    return /Z$|[+-]\d\d:\d\d$/.test(text)
      ? Temporal.Instant.from(text).toString()
      : Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).toInstant().toString();
  }
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = us.slice(1, 7).map(Number);
  const clock = (hour % 12) + (us[7] === 'PM' ? 12 : 0);
  return Temporal.ZonedDateTime.from({ timeZone, year, month, day, hour: clock, minute, second })
    .toInstant()
    .toString();
}

function toE164(text: string): string {
  const digits = text.replace(/\D/g, '');
  return digits.length === 10 ? `+1${digits}` : `+${digits}`;
}

function toTruth(text: string): boolean | null {
  if (/^(true|1|yes|converted)$/i.test(text)) return true;
  return /^(false|0|no|not converted)$/i.test(text) ? false : null;
}
