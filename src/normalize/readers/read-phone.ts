import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import { remember } from '../../lib/remember.ts';
import { type Reading, warn, warnUnreadable } from '../reading.ts';

/** Words, and numbers dialled on a keypad, that stand for "the caller withheld the number". */
const withheld = new Set([
  'anonymous',
  'restricted',
  'private',
  'blocked',
  'unavailable',
  'unknown',
  'withheld',
  'no caller id',
  'private number',
  'unknown caller',
  'not available',
  'private caller',
  'anonymous caller',
  'unknown number',
  'out of area',
  'name unavailable',
  'hidden',
  'suppressed',
  // ANONYMOUS, BLOCKED, RESTRICTED, UNAVAILABLE, UNKNOWN, PRIVATE as keypad digits, as carriers send them
  '266696687',
  '2562533',
  '7378742833',
  '86282452253',
  '8656696',
  '7748283',
]);

/** Words without a number that say the same in other ways: `Caller ID blocked`, `Private Name`. */
const saysWithheld =
  /^(?=.*\b(?:anonymous|restricted|private|blocked|unavailable|unknown|withheld|hidden|suppressed)\b)(?:(?:anonymous|restricted|private|blocked|unavailable|unknown|withheld|hidden|suppressed|caller|number|name|id|party|user)\b[\s_-]*)+$/;
/** `"Joe" <sip:+12125550123@10.0.0.1>`, as SIP headers write an address. */
const inAngles = /^[^<>]*<([^<>]+)>$/;

type Found = { e164: string; extension: string | null; assumed: boolean };

const isNorthAmerican = remember(
  (country) => isSupportedCountry(country) && getCountryCallingCode(country) === '1',
  { most: 300, longest: 10 },
);

/** `+1` and ten digits that cannot be anything else, straight to E.164; null sends the text the long way. */
function northAmericanNumber(text: string, country: string): string | null {
  const length = text.length;
  const start = text.charCodeAt(0) === 43 ? 1 : 0;
  for (let at = start; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return null;
  }
  if (length - start === 11 && text.charCodeAt(start) === 49 && text.charCodeAt(start + 1) >= 50) {
    if (start === 1) return text;
    return isNorthAmerican(country) ? `+${text}` : null;
  }
  if (length === 10 && start === 0 && text.charCodeAt(0) >= 50 && isNorthAmerican(country))
    return `+1${text}`;
  return null;
}

/** A number whose digits are all alike: what networks and forms put where they know none. */
const oneDigit = /^\+?1?(\d)\1{6,}$/;
/** `1-800-FLOWERS`: letters as they stand on the keys. */
const vanity = /^\+?1?[\s.(-]*\d{3}[\s).-]*(?=[\d-]*[A-Z])[A-Z\d-]{7,12}$/;
const onKeys = '22233344455566677778889999';

/** What damage from spreadsheets, URL-encoding and letters for digits leave of a number. */
function undamaged(text: string): string {
  const number = text
    .replace(/^(\+?\d{10,15})\.0+$/, '$1')
    .replace(/^%2B(?=\d)/i, '+')
    .replace(/^\+\s*\+/, '+')
    .replaceAll('_', ' ')
    // parameters of a SIP user part, such as ;oli=62 and ;npdi; an extension is one that counts
    .replace(/(?<=\d)(?:;(?!ext)[a-z-]+(?:=[\w.+-]*)?)+$/i, '');
  if (!vanity.test(number)) return number;
  return number.replace(/[A-Z]/g, (letter) => onKeys[letter.charCodeAt(0) - 65]!);
}

/** Of a country, a space and the text. */
const lookFor = remember(
  (asked) => {
    const end = asked.indexOf(' ');
    return look(asked.slice(end + 1), asked.slice(0, end));
  },
  { most: 5_000, longest: 150 },
);

function look(text: string, country: string): Found | null {
  let dialled =
    /^(?:sips?|tel):([^@;?]+)/i.exec(text)?.[1] ?? /^(\+?\d{7,15})@/.exec(text)?.[1] ?? undamaged(text);
  // What is dialled after the connection: pauses and keys.
  const tail = /^([^,;#*]*\d{7}|[^,;#*]*\d{3}[^,;#*]*\d{4})\s*[,;#*]+([\d,;#*\s]*)$/.exec(dialled);
  if (tail) dialled = tail[1]!;
  const extension = tail?.[2]?.replace(/\D/g, '') || null;
  // two numbers in one field
  if (extension !== null && extension.length > 6) return null;
  const defaultCountry = isSupportedCountry(country) ? (country as CountryCode) : undefined;
  const national = parsePhoneNumberFromString(dialled, defaultCountry);
  if (national?.isPossible()) {
    return { e164: national.number, extension: national.ext ?? extension, assumed: false };
  }
  const digits = dialled.replace(/[^\d]/g, '');
  const international = /^(?:\+|00)?[\d\s().-]+$/.test(dialled)
    ? parsePhoneNumberFromString(`+${digits.replace(/^00/, '')}`)
    : undefined;
  if (international?.isValid()) return { e164: international.number, extension, assumed: true };
  return null;
}

/**
 * A phone number in E.164; a number without country code belongs to the connection's country. Withheld callers
 * leave the field unknown without a warning (`extra.<field>_withheld` says so), short codes stay their digits,
 * an extension goes to `extra.<field>_extension`.
 */
export function readPhone(sent: string, reading: Reading): string | undefined {
  const country = reading.settings.defaultCountry;
  const fast = northAmericanNumber(sent, country);
  // ANONYMOUS & co. have fewer digits, but RESTRICTED and UNAVAILABLE look like whole numbers.
  if (fast !== null && fast !== '+17378742833' && !oneDigit.test(fast)) return fast;
  const text = inAngles.exec(sent)?.[1]?.trim() ?? sent;
  const word = text.toLowerCase().replace(/^\+/, '');
  if (
    withheld.has(word) ||
    oneDigit.test(text.replace(/[\s().-]/g, '')) ||
    saysWithheld.test(word) ||
    word.startsWith('anonymous@') ||
    /^sips?:anonymous\b/.test(word)
  ) {
    reading.extra[`${reading.field}_withheld`] = true;
    return undefined;
  }
  if (/^\d{3,6}$/.test(text)) return text;
  if (/^\+?\d+(?:[.,]\d+)?e\+?\d+$/i.test(text)) {
    warn(reading, 'scientific_notation', 'A spreadsheet has destroyed the number; the field is unknown.');
    return undefined;
  }
  const result = text.length <= 100 ? lookFor(`${country} ${text}`) : null;
  if (!result) return warnUnreadable(reading, text, 'phone number');
  if (result.assumed) {
    warn(reading, 'assumed_country', `It fits no number of ${country}; it was read as ${result.e164}.`);
  }
  if (result.extension) reading.extra[`${reading.field}_extension`] = result.extension;
  return result.e164;
}
