/** Names of the tz database by which a zone may be given: with a region, or UTC. */
const zoneName = /^(UTC|[A-Za-z]\w*\/[\w+/-]+)$/;
/** Codes that stand for no country, or for several. */
const noCountries = ['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ'];

const currencies = new Set(Intl.supportedValuesOf('currency'));
const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/**
 * Whether a name is an IANA zone such as America/New_York, or UTC. Offsets are none, since PostgreSQL reads `+05:00`
 * with the opposite sign; nor are abbreviations such as `CET`, which it reads without summer time.
 */
export function isTimeZone(name: string): boolean {
  if (!zoneName.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** What to tell somebody who gave another name. */
export const timeZoneAdvice = 'expected an IANA time zone: America/New_York, Europe/London, … or UTC';

/** Whether three capitals are a currency of ISO 4217. */
export function isCurrency(code: string): boolean {
  return currencies.has(code);
}

/** Whether two capitals are a country of ISO 3166 (GB, not its nickname UK). */
export function isCountry(code: string): boolean {
  if (!/^[A-Z]{2}$/.test(code) || noCountries.includes(code) || !regions.of(code)) return false;
  return new Intl.Locale(`und-${code}`).region === code;
}
