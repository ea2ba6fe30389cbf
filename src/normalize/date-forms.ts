import type { WallTime } from './local-time.ts';

/**
 * A date as written: its wall-clock time and what the text says about the zone, or an instant outright. `byOrder`: which
 * number is the month follows from the connection's setting alone.
 */
export type WrittenDate =
  | { instant: number }
  | { wall: WallTime; zone: string; oddClock: boolean; dateOnly: boolean; byOrder?: true };

/** Minutes may be left out beside AM or PM only; some write them with points (`13.59.05`). */
const clock = String.raw`(\d{1,2})(?:[:.](\d{1,2})(?:[:.](\d{1,2})(?:[.,](\d{1,9}))?)?)?\s*([ap]\.?\s?m\.?(?![a-z]))?`;
const region = '(?:eastern|central|mountain|pacific|atlantic|alaskan?|hawaiian?)';
const zone = String.raw`\s*([a-z]{1,5}[+-]\d{1,2}:?\d{0,2}|[+-]\d{2}:?\d{0,2}|[a-z]+/[\w/+-]+|[a-z]{3}\d[a-z]{3}|${region}(?:\s(?:standard|daylight))?(?:\stime)?|[a-z]{1,5})?`;
const time = `(?:${clock}${zone})?`;
const weekday = String.raw`(?:[a-z]{3,9},?\s+)?`;
/** What stands between date and time: spaces, a comma, `at`, `@`, a dash, or the T of ISO 8601. */
const between = String.raw`(?:,?\s+(?:(?:at|@|-)\s+)?|\s?t\s?|$)`;

const slashed = new RegExp(
  String.raw`^${weekday}(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})${between}${time}$`,
  'i',
);
const yearFirst = new RegExp(
  String.raw`^${weekday}(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})${between}${time}$`,
  'i',
);
const monthNamed = new RegExp(
  String.raw`^${weekday}([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})${between}${time}$`,
  'i',
);
const dayNamed = new RegExp(
  String.raw`^${weekday}(\d{1,2})(?:st|nd|rd|th)?\.?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4}|\d{2})${between}${time}$`,
  'i',
);
/** What C, Java and `date` print: `Mon Jul  7 13:59:05 EDT 2025`. */
const yearLast = new RegExp(
  String.raw`^[a-z]{3},?\s+([a-z]{3})\s+(\d{1,2})\s+${clock}(?:\s+([a-z]{1,5}|[+-]\d{4}))?\s+(\d{4})$`,
  'i',
);
const compact = /^(\d{4})(\d{2})(\d{2})(?:[t\s]?(\d{2})(\d{2})(?:(\d{2})(\d{3})?)?)?(z)?$/i;
/** `1:59:05 PM 07/07/2025` */
const timeFirst =
  /^(\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:\s*[ap]\.?m\.?)?),?\s+(?:on\s+)?(\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4})$/i;
/** A time behind a plus, as a form's encoding done twice leaves it: `07/07/2025+01:59:05+PM`. */
const plusTime = /^([^\s:+]+)\+(\d{1,2}:[\d:.]+)(?:\+([ap]m))?$/i;

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length === 4) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

/** Hours by a 12-hour clock; what no such clock shows (13 PM, 00 AM) is taken as 24-hour. */
function hourOf(hour: number, half: string | undefined): { hour: number; oddClock: boolean } {
  if (half === undefined) return { hour, oddClock: false };
  if (hour < 1 || hour > 12) return { hour, oddClock: true };
  return { hour: (hour % 12) + (half[0]!.toLowerCase() === 'p' ? 12 : 0), oddClock: false };
}

/** The end of a day as ISO 8601 may write it (24:00), and a leap second (60): clocks elsewhere show the next day or minute. */
function carried(wall: WallTime): WallTime {
  const isEndOfDay = wall.hour === 24 && wall.minute === 0 && wall.second === 0;
  const isLeapSecond = wall.second === 60 && wall.hour <= 23 && wall.minute <= 59;
  if (!isEndOfDay && !isLeapSecond) return wall;
  const { year, month, day } = wall;
  // a date that does not exist is to be seen as such
  if (new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day) return wall;
  const at = new Date(Date.UTC(year, month - 1, day, wall.hour, wall.minute, wall.second));
  return { ...wallTimeOf(at), millisecond: wall.millisecond };
}

/** What a clock in UTC shows at that second. */
function wallTimeOf(at: Date): WallTime {
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
    millisecond: 0,
  };
}

/** `rest` is what `time` captured: hour, minute, second, fraction, half, zone. Null where an hour stands alone. */
function written(
  year: number,
  month: number,
  day: number,
  rest: (string | undefined)[],
): Exclude<WrittenDate, { instant: number }> | null {
  const [hours, minutes, seconds, fraction, half, zoneText] = rest;
  if (hours !== undefined && minutes === undefined && half === undefined) return null;
  const { hour, oddClock } = hourOf(Number(hours ?? 0), half);
  const millisecond = fraction ? Number(fraction.padEnd(3, '0').slice(0, 3)) : 0;
  const wall = carried({
    year,
    month,
    day,
    hour,
    minute: Number(minutes ?? 0),
    second: Number(seconds ?? 0),
    millisecond,
  });
  return { wall, zone: zoneText ?? '', oddClock, dateOnly: hours === undefined };
}

function readEpoch(text: string): WrittenDate | null {
  if (/^\d{10}(?:\.\d+)?$/.test(text)) return { instant: Math.round(Number(text) * 1000) };
  if (/^\d{13}(?:\.\d+)?$/.test(text)) return { instant: Math.trunc(Number(text)) };
  // .NET's JSON dates; the offset is for show, the number counts from 1970 in UTC.
  const dotNet = /^\/Date\((-?\d{1,16})(?:[+-]\d{4})?\)\/$/.exec(text)?.[1];
  if (dotNet !== undefined) return { instant: Number(dotNet) };
  if (/^\d{16}$/.test(text)) return { instant: Math.trunc(Number(text) / 1000) };
  // what came before 1970 is no call but some software's default, such as .NET's year 1
  if (/^-\d{1,19}$/.test(text)) return { instant: Number(text) };
  if (/^\d{19}$/.test(text)) return { instant: Math.trunc(Number(text) / 1_000_000) };
  return text === '0' ? { instant: 0 } : null;
}

/** Days since 1899-12-30, as spreadsheets count them; only dates of this century's first hundred years have such numbers. */
function readSpreadsheetDay(text: string): WrittenDate | null {
  if (!/^[3-7]\d{4}(?:\.\d{1,15})?$/.test(text)) return null;
  const at = new Date(Date.UTC(1899, 11, 30) + Math.round(Number(text) * 86_400) * 1000);
  return { wall: wallTimeOf(at), zone: '', oddClock: false, dateOnly: !text.includes('.') };
}

/** The text in the order and with the signs that the forms know. */
function straightened(text: string): string {
  return (
    text
      .replace(plusTime, (_, date: string, clock: string, half?: string) => `${date} ${clock} ${half ?? ''}`)
      .replace(timeFirst, '$2 $1')
      // JavaScript's "(Eastern Daylight Time)" and Java's "[America/New_York]" repeat what the offset says; "(EST)" alone is the zone
      .replace(/(?<=[\d:]\s?|[ap]m\s?)\(([a-z]{1,5})\)$/i, (_, abbreviation: string) =>
        /[+-]\d{2}:?\d{2}\s?\(|z\s?\(/i.test(text) ? '' : ` ${abbreviation}`,
      )
      .replace(/\s*(?:\([^()]*\)|\[[\w/+-]+\])$/, '')
      // so does the name behind an offset, as Go prints it: +0000 UTC
      .replace(/(?<=\d\s?[+-]\d{2}:?\d{2})\s+[a-z]{1,5}$/i, '')
      .trim()
  );
}

/** Recognises a date in any of the forms listed in docs/webhook.md; null when it is none. Ranges are not checked. */
export function readDateForm(text: string, order: 'month-first' | 'day-first'): WrittenDate | null {
  const number = readEpoch(text) ?? readSpreadsheetDay(text);
  if (number) return number;
  const bare = straightened(text);
  let m = slashed.exec(bare);
  if (m) {
    const [first, second] = [Number(m[1]), Number(m[2])];
    const [month, day] = order === 'month-first' ? [first, second] : [second, first];
    const date = written(fullYear(m[3]!), month, day, m.slice(4));
    return date && { ...date, byOrder: true };
  }
  m = yearFirst.exec(bare);
  if (m) return written(Number(m[1]), Number(m[2]), Number(m[3]), m.slice(4));
  m = compact.exec(bare);
  if (m) {
    const fraction = m[7];
    return written(Number(m[1]), Number(m[2]), Number(m[3]), [m[4], m[5], m[6], fraction, undefined, m[8]]);
  }
  m = monthNamed.exec(bare);
  if (m) return written(Number(m[3]), monthNumber(m[1]!), Number(m[2]), m.slice(4));
  m = yearLast.exec(bare);
  if (m) return written(Number(m[9]), monthNumber(m[1]!), Number(m[2]), m.slice(3, 9));
  m = dayNamed.exec(bare);
  return m && written(fullYear(m[3]!), monthNumber(m[2]!), Number(m[1]), m.slice(4));
}

/** 0 for what is no month: such a date does not exist. */
function monthNumber(name: string): number {
  return months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}
