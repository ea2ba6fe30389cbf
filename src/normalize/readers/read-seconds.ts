import { readDecimal, withoutTrailingZeros } from '../decimal.ts';
import { type Reading, warn, warnUnreadable } from '../reading.ts';

/** `1:23`, `01:02:03`, and with days as .NET (`1.02:03:04.5000000`), PostgreSQL and Python (`1 day, 2:03:04`) write them. */
const clock =
  /^(?:(\d{1,4})(?:\.| days?,? )(?=\d{1,2}:\d{2}:))?(?:(\d{1,4}):(?=[0-5]?\d:))?(\d{1,4}):([0-5]?\d)(?:[.,](\d{1,9}))?$/;
/** `1:23 min`: the unit of its first number, said once more. */
const namedClock =
  /^(\d{1,4}:[0-5]\d)\s*m(?:in(?:ute)?s?)?\.?$|^(\d{1,4}:[0-5]\d:[0-5]\d)\s*h(?:(?:ou)?rs?)?\.?$/i;
const iso = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?$/i;
const worded =
  /^(?:(\d+)\s*d(?:ays?)?)?[\s,]*(?:(\d+)\s*h(?:(?:ou)?rs?)?)?[\s,]*(?:(\d+)\s*m(?:in(?:ute)?s?)?\.?)?(?:\s*and\b)?[\s,]*(?:(\d+)(?:\.(\d+))?\s*s(?:ec(?:ond)?s?)?)?\.?$/i;
/** One amount with a fraction: `1.5 min`, `0.25 hours`. */
const fractional = /^(\d{1,6})\.(\d{1,4})\s*(h(?:(?:ou)?rs?)?|m(?:in(?:ute)?s?)?)\.?$/i;
const milliseconds = /^(\d{1,15})\s*(?:ms|msec|milliseconds?)$/i;

function total(days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''): string {
  const whole = Number(days) * 86_400 + Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
  return withoutTrailingZeros(fraction ? `${whole}.${fraction}` : `${whole}`);
}

function readSpelled(text: string): string | null {
  const named = namedClock.exec(text);
  const time = clock.exec(named?.[1] ?? named?.[2] ?? text);
  if (time) return total(time[1], time[2], time[3], time[4], time[5]);
  const part = fractional.exec(text);
  if (part) {
    const length = part[3]![0]!.toLowerCase() === 'h' ? 3_600 : 60;
    const seconds = Number(part[1]) * length + (Number(part[2]) * length) / 10 ** part[2]!.length;
    return withoutTrailingZeros(seconds.toFixed(4));
  }
  const spelled = iso.exec(text) ?? worded.exec(text);
  if (spelled && /\d/.test(text)) return total(spelled[1], spelled[2], spelled[3], spelled[4], spelled[5]);
  const small = milliseconds.exec(text)?.[1];
  return small
    ? withoutTrailingZeros(`${small.slice(0, -3) || '0'}.${small.slice(-3).padStart(3, '0')}`)
    : null;
}

/**
 * A length as seconds in plain decimal text: `78`, `78.6`, `1:23`, `01:02:03`, `1m 23s`, `83 sec`, `PT83S`,
 * `83000 ms`, `1.5 min`, `1.02:03:04`. A negative one is kept with a warning.
 */
export function readSeconds(text: string, reading: Reading): string | undefined {
  if (/^(?:0|[1-9]\d{0,8})$/.test(text)) return text;
  const negative = text.startsWith('-');
  const bare = negative || text.startsWith('+') ? text.slice(1).trim() : text;
  // software writes `78.123`; nobody puts a point between the thousands of seconds
  if (/^\d{1,9}\.\d{1,9}$/.test(bare))
    return signed(withoutTrailingZeros(bare.replace(/^0+(?=\d)/, '')), negative, reading);
  const spelled = bare.length <= 40 ? readSpelled(bare) : null;
  const decimal = spelled ?? readDecimal(bare, reading);
  if (decimal === null || decimal.length > 30 || decimal.includes('e')) {
    return warnUnreadable(reading, text, 'length in seconds');
  }
  return signed(withoutTrailingZeros(decimal), negative, reading);
}

function signed(seconds: string, negative: boolean, reading: Reading): string {
  if (!negative || seconds === '0') return seconds;
  warn(reading, 'inconsistent', 'A length below zero was kept.');
  return `-${seconds}`;
}
