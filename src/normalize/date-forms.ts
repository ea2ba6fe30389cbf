import type { WallTime } from './local-time.ts';

/**
 * A date as written: its wall-clock time and what the text says about the zone, or an instant outright. `byOrder`: which
 * number is the month follows from the connection's setting alone.
 */
export type WrittenDate =
  | { instant: number }
  | { wall: WallTime; zone: string; oddClock: boolean; dateOnly: boolean; byOrder?: true };

const clock = String.raw`(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,9}))?)?\s*([ap]\.?\s?m\.?)?`;
const zone = String.raw`\s*([a-z]{1,5}[+-]\d{1,2}:?\d{0,2}|[+-]\d{2}:?\d{0,2}|[a-z]+/[\w/+-]+|[a-z]{1,5})?`;
const time = `(?:${clock}${zone})?`;

const slashed = new RegExp(
  String.raw`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:,?\s+(?:at\s+)?|t|$)${time}$`,
  'i',
);
const yearFirst = new RegExp(String.raw`^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?:,?\s+|t|$)${time}$`, 'i');
const monthNamed = new RegExp(
  String.raw`^(?:[a-z]{3,9},?\s+)?([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:,?\s+(?:at\s+)?|$)${time}$`,
  'i',
);
const dayNamed = new RegExp(
  String.raw`^(?:[a-z]{3,9},?\s+)?(\d{1,2})[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4})(?:,?\s+(?:at\s+)?|$)${time}$`,
  'i',
);
/** What C, Java and `date` print: `Mon Jul  7 13:59:05 EDT 2025`. */
const yearLast = new RegExp(
  String.raw`^[a-z]{3},?\s+([a-z]{3})\s+(\d{1,2})\s+${clock}(?:\s+([a-z]{1,5}|[+-]\d{4}))?\s+(\d{4})$`,
  'i',
);
const compact = /^(\d{4})(\d{2})(\d{2})(?:t?(\d{2})(\d{2})(\d{2})(\d{3})?)?(z)?$/i;

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

/** `rest` is what `time` captured: hour, minute, second, fraction, half, zone. */
function written(
  year: number,
  month: number,
  day: number,
  rest: (string | undefined)[],
): Exclude<WrittenDate, { instant: number }> {
  const [hours, minutes, seconds, fraction, half, zoneText] = rest;
  const { hour, oddClock } = hourOf(Number(hours ?? 0), half);
  const millisecond = fraction ? Number(fraction.padEnd(3, '0').slice(0, 3)) : 0;
  const wall = {
    year,
    month,
    day,
    hour,
    minute: Number(minutes ?? 0),
    second: Number(seconds ?? 0),
    millisecond,
  };
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

/** Recognises a date in any of the forms listed in docs/webhook.md; null when it is none. Ranges are not checked. */
export function readDateForm(text: string, order: 'month-first' | 'day-first'): WrittenDate | null {
  const epoch = readEpoch(text);
  if (epoch) return epoch;
  // JavaScript's "(Eastern Daylight Time)" and Java's "[America/New_York]" repeat what the offset says; "(EST)" alone is the zone
  const bare = text
    .replace(/(?<=[\d:]\s?|[ap]m\s?)\(([a-z]{1,5})\)$/i, (_, abbreviation: string) =>
      /[+-]\d{2}:?\d{2}\s?\(|z\s?\(/i.test(text) ? '' : ` ${abbreviation}`,
    )
    .replace(/\s*(?:\([^()]*\)|\[[\w/+-]+\])$/, '');
  let m = slashed.exec(bare);
  if (m) {
    const [first, second] = [Number(m[1]), Number(m[2])];
    const [month, day] = order === 'month-first' ? [first, second] : [second, first];
    return { ...written(fullYear(m[3]!), month, day, m.slice(4)), byOrder: true };
  }
  m = yearFirst.exec(bare);
  if (m) return written(Number(m[1]), Number(m[2]), Number(m[3]), m.slice(4));
  m = compact.exec(bare);
  if (m) {
    const fraction = m[7];
    return written(Number(m[1]), Number(m[2]), Number(m[3]), [m[4], m[5], m[6], fraction, undefined, m[8]]);
  }
  m = monthNamed.exec(bare);
  if (m)
    return written(
      Number(m[3]),
      months.indexOf(m[1]!.slice(0, 3).toLowerCase()) + 1,
      Number(m[2]),
      m.slice(4),
    );
  m = yearLast.exec(bare);
  if (m) {
    const month = months.indexOf(m[1]!.toLowerCase()) + 1;
    return written(Number(m[9]), month, Number(m[2]), m.slice(3, 9));
  }
  m = dayNamed.exec(bare);
  if (m)
    return written(
      Number(m[3]),
      months.indexOf(m[2]!.slice(0, 3).toLowerCase()) + 1,
      Number(m[1]),
      m.slice(4),
    );
  return null;
}
