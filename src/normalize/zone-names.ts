import { remember } from '../lib/remember.ts';

/** Abbreviations that mean one offset wherever calls are sold, in minutes east of UTC. */
const fixed: Record<string, number> = {
  z: 0,
  utc: 0,
  gmt: 0,
  est: -300,
  edt: -240,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  akst: -540,
  akdt: -480,
  hst: -600,
};

/** Abbreviations for a zone with both its seasons. */
const seasonal: Record<string, string> = {
  et: 'America/New_York',
  ct: 'America/Chicago',
  mt: 'America/Denver',
  pt: 'America/Los_Angeles',
};

const regions: Record<string, string> = {
  eastern: 'America/New_York',
  central: 'America/Chicago',
  mountain: 'America/Denver',
  pacific: 'America/Los_Angeles',
  atlantic: 'America/Halifax',
  alaska: 'America/Anchorage',
  alaskan: 'America/Anchorage',
  hawaii: 'Pacific/Honolulu',
  hawaiian: 'Pacific/Honolulu',
};

/**
 * The abbreviations that people write for a zone (BST for London, AEDT for Sydney, IST for Kolkata), with their offsets in
 * minutes: what means several zones elsewhere means the connection's own here. Asked of the Englishes that have names for them.
 */
const ownAbbreviations = remember(
  (zone) => {
    const found = new Map<string, number>();
    for (const month of [0, 6]) {
      const at = new Date(Date.UTC(2025, month, 15, 12));
      const minutes = offsetMinutes(zone, at);
      for (const country of ['US', 'GB', 'CA', 'AU', 'NZ', 'IN', 'ZA']) {
        const name = partOf(zone, at, `en-${country}`, 'short');
        if (/^[A-Z]{3,5}$/.test(name)) found.set(name.toLowerCase(), minutes);
      }
    }
    return found;
  },
  { most: 100, longest: 100 },
);

function partOf(zone: string, at: Date, locale: string, timeZoneName: 'short' | 'longOffset'): string {
  const format = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName });
  return format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

function offsetMinutes(zone: string, at: Date): number {
  const [, sign, hours, minutes] =
    /([+-])(\d{2}):(\d{2})/.exec(partOf(zone, at, 'en-US', 'longOffset')) ?? [];
  const size = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  return sign === '-' ? -size : size;
}

/** Whether the text names a zone of the IANA database. */
const isZone = remember(
  (text) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: text });
      return true;
    } catch {
      return false;
    }
  },
  { most: 1_000, longest: 100 },
);

/** How a date's trailing zone text is to be taken: an offset in minutes, an IANA zone, or null for "not known". */
export function readZoneText(
  text: string,
  connectionZone: string,
): { minutes: number } | { zone: string } | null {
  if (text === '') return { zone: connectionZone };
  const lower = text.toLowerCase();
  const offset = /^(?:utc|gmt)?([+-])(\d{1,2}):?(\d{2})?$/.exec(lower);
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
    if (minutes > 18 * 60) return null;
    return { minutes: offset[1] === '-' ? -minutes : minutes };
  }
  if (Object.hasOwn(fixed, lower)) return { minutes: fixed[lower]! };
  if (Object.hasOwn(seasonal, lower)) return { zone: seasonal[lower]! };
  if (text.includes('/') || /^[a-z]{3}\d[a-z]{3}$/.test(lower)) return isZone(text) ? { zone: text } : null;
  // CST is also China's and Cuba's; an American connection means its own.
  if (lower === 'cst' && connectionZone.startsWith('America/')) return { minutes: -360 };
  // "Eastern Standard Time" is what Windows calls the zone all year
  const region = /^([a-z]+)(?: (?:standard|daylight))?(?: time)?$/.exec(lower)?.[1];
  if (region !== undefined && Object.hasOwn(regions, region)) return { zone: regions[region]! };
  const own = ownAbbreviations(connectionZone).get(lower);
  return own === undefined ? null : { minutes: own };
}
