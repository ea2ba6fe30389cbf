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
  if (text.includes('/')) return isZone(text) ? { zone: text } : null;
  // CST is also China's and Cuba's; an American connection means its own.
  if (lower === 'cst' && connectionZone.startsWith('America/')) return { minutes: -360 };
  return null;
}
