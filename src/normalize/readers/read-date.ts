import { readDateForm, type WrittenDate } from '../date-forms.ts';
import { resolveLocalTime, utcOf, type WallTime } from '../local-time.ts';
import { quoted, type Reading, warn, warnUnreadable } from '../reading.ts';
import { readZoneText } from '../zone-names.ts';

const tenMinutes = 600_000;
const oneDay = 86_400_000;
/** Call tracking is younger than this; anything older is some software's default. */
const firstPlausible = Date.UTC(2000, 0, 1);

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** The contract's own form `MM/DD/YYYY HH:MM:SS AM`, padded, without a regular expression; null sends it the long way. */
function readContractForm(text: string): WallTime | null {
  if (text.length !== 22 || text.charCodeAt(2) !== 47 || text.charCodeAt(5) !== 47) return null;
  if (text.charCodeAt(10) !== 32 || text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return null;
  const half = text.charCodeAt(20);
  if (text.charCodeAt(19) !== 32 || text.charCodeAt(21) !== 77 || (half !== 65 && half !== 80)) return null;
  const hour = twoDigits(text, 11);
  if (!(hour >= 1 && hour <= 12)) return null;
  return {
    year: twoDigits(text, 6) * 100 + twoDigits(text, 8),
    month: twoDigits(text, 0),
    day: twoDigits(text, 3),
    hour: (hour % 12) + (half === 80 ? 12 : 0),
    minute: twoDigits(text, 14),
    second: twoDigits(text, 17),
    millisecond: 0,
  };
}

function exists(wall: WallTime): boolean {
  if (!(wall.month >= 1 && wall.month <= 12 && wall.day >= 1 && wall.hour <= 23)) return false;
  if (!(wall.minute <= 59 && wall.second <= 59 && wall.year >= 0)) return false;
  if (wall.day <= 28) return true;
  return wall.day <= new Date(Date.UTC(2000 + (wall.year % 400), wall.month, 0)).getUTCDate();
}

/** Wall-clock time to instant, with the warnings that the zone's clock changes call for. */
function resolveIn(zone: string, wall: WallTime, text: string, reading: Reading): number {
  const { instant, doubt } = resolveLocalTime(wall, zone, reading.receivedAt);
  if (doubt === 'gap') {
    warn(
      reading,
      'nonexistent_local_time',
      `${quoted(text)} does not exist in ${zone}; the later instant was taken.`,
    );
  } else if (doubt !== null) {
    warn(
      reading,
      'ambiguous_local_time',
      `${quoted(text)} occurs twice in ${zone}; the ${doubt} one was taken.`,
    );
  }
  return instant;
}

/** What to do about a date that exists only with day and month the other way round. */
function otherOrder({ settings }: Reading): string {
  const [found, set] =
    settings.dateOrder === 'day-first'
      ? ['month before day', 'month-first']
      : ['day before month', 'day-first'];
  return ` It looks like ${found}: if it is, set date_order to ${set} in the connection's mapping.`;
}

function toInstant(written: WrittenDate, text: string, reading: Reading): number | null {
  if ('instant' in written) return written.instant;
  const { wall } = written;
  if (!exists(wall)) {
    const swapped = { ...wall, month: wall.day, day: wall.month };
    const hint = exists(swapped) && 'byOrder' in written ? otherOrder(reading) : '';
    warn(reading, 'unreadable_value', `${quoted(text)} is no date that exists; the field is unknown.${hint}`);
    return null;
  }
  if (wall.year < 1950) return Date.UTC(1900, 0, 1);
  const zone = readZoneText(written.zone, reading.settings.timeZone);
  if (!zone) {
    warn(
      reading,
      'unreadable_value',
      `The zone of ${quoted(text)} is not known; the field is unknown. Send an offset such as -05:00.`,
    );
    return null;
  }
  if (written.oddClock) {
    warn(
      reading,
      'impossible_clock_time',
      `${quoted(text)} mixes a 24-hour clock with AM/PM; it was read as 24-hour.`,
    );
  }
  if (written.dateOnly) warn(reading, 'date_only', `${quoted(text)} carries no time; midnight was taken.`);
  if ('zone' in zone) return resolveIn(zone.zone, wall, text, reading);
  return utcOf(wall) - zone.minutes * 60_000;
}

/** Warns where the other order of day and month would bring the date to the time of its arrival, and this one does not. */
function checkOrder(wall: WallTime, instant: number, text: string, reading: Reading): void {
  if (wall.day > 12 || wall.day === wall.month || Math.abs(reading.receivedAt - instant) <= oneDay) return;
  const swapped = instant + utcOf({ ...wall, month: wall.day, day: wall.month }) - utcOf(wall);
  const age = reading.receivedAt - swapped;
  if (age < -tenMinutes || age > oneDay) return;
  const isDayFirst = reading.settings.dateOrder === 'day-first';
  warn(
    reading,
    'suspected_date_order',
    `${quoted(text)} was read with the ${isDayFirst ? 'day' : 'month'} first, as the connection's mapping has it; the other way round it would fit the time of arrival.`,
  );
}

function checkPlausible(instant: number, text: string, reading: Reading): string | undefined {
  if (instant < firstPlausible) {
    warn(
      reading,
      'placeholder_date',
      `${quoted(text)} is a default of the sending software; the field is unknown.`,
    );
    return undefined;
  }
  const ahead = instant - reading.receivedAt;
  if (ahead > oneDay) {
    warn(
      reading,
      'future_date',
      `${quoted(text)} lies more than a day ahead of its arrival; the field is unknown.`,
    );
    return undefined;
  }
  if (ahead > tenMinutes) {
    const minutes = Math.round(ahead / 60_000);
    warn(
      reading,
      'future_date',
      `${quoted(text)} lies ${minutes} minutes ahead of its arrival. Is the connection's time zone right?`,
    );
  }
  return new Date(instant).toISOString();
}

/** A date in any form of docs/webhook.md as ISO 8601 in UTC; without a zone it is the connection's. */
export function readDate(text: string, reading: Reading): string | undefined {
  const order = reading.settings.dateOrder ?? 'month-first';
  const wall = order === 'month-first' ? readContractForm(text) : null;
  if (wall !== null && wall.year >= 1950 && exists(wall)) {
    const instant = resolveIn(reading.settings.timeZone, wall, text, reading);
    checkOrder(wall, instant, text, reading);
    return checkPlausible(instant, text, reading);
  }
  // Recent ICU puts a narrow no-break space before AM/PM.
  const spaced = text.replace(/[\u00a0\u2000-\u200b\u202f\u3000]+/g, ' ').trim();
  if (/^\d(?:[.,]\d+)?e\+?\d+$/i.test(spaced)) {
    warn(reading, 'scientific_notation', 'A spreadsheet has destroyed the date; the field is unknown.');
    return undefined;
  }
  const written = spaced.length <= 80 ? readDateForm(spaced, order) : null;
  if (!written) return warnUnreadable(reading, text, 'date');
  const instant = toInstant(written, text, reading);
  if (instant === null) return undefined;
  if ('byOrder' in written) checkOrder(written.wall, instant, text, reading);
  return checkPlausible(instant, text, reading);
}
