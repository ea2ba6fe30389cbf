import { foldKey } from '../../lib/fold-key.ts';

const list = `AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|
DC District of Columbia|DC Washington DC|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|
KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|
MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|
NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|
SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|
WY Wyoming|PR Puerto Rico|GU Guam|VI US Virgin Islands|VI Virgin Islands|AS American Samoa|
MP Northern Mariana Islands|AA Armed Forces Americas|AE Armed Forces Europe|AP Armed Forces Pacific|AB Alberta|
BC British Columbia|MB Manitoba|NB New Brunswick|NL Newfoundland and Labrador|NL Newfoundland Labrador|NL Newfoundland|NL NF|NS Nova Scotia|
NT Northwest Territories|NU Nunavut|ON Ontario|PE Prince Edward Island|PE PEI|QC Quebec|QC Québec|QC PQ|SK Saskatchewan|YT Yukon|
YT Yukon Territory`;

const codes = new Set<string>();
const byName = new Map<string, string>();
for (const entry of list.split('|')) {
  const code = entry.trim().slice(0, 2);
  codes.add(code);
  byName.set(foldKey(entry.trim().slice(3)), code);
}

const compass: Record<string, string> = { n: 'north ', s: 'south ', w: 'west ' };
const compassLetter = /^([nsw])\.?\s+(?=[a-z]{4})/i;
/** `N.Y.`, `D. C.` */
const dottedLetters = /^([A-Za-z])\.\s?([A-Za-z])\.?$/;

/**
 * A US state or territory or a Canadian province as its two letters, from `Texas`, `tx`, `US-TX`, `TX, USA`, `N.Y.`, `Dallas, TX`.
 * Other regions are kept as they came: a caller may be anywhere.
 */
export function readState(text: string): string | undefined {
  if (codes.has(text)) return text;
  if (text.toLowerCase() === 'unknown') return undefined;
  const bare = text
    .replace(/^(?:US|USA|CA|CAN)[-_ ]+(?=\S)/i, '')
    .replace(/,?\s*(?:US|USA|U\.S\.A?\.?|United States|Canada)$/i, '')
    .trim();
  return codeOf(bare) ?? codeWithin(bare) ?? text.slice(0, 100).toWellFormed();
}

/** The two letters of a state that stands alone. */
function codeOf(text: string): string | null {
  const code = text.replace(dottedLetters, '$1$2').replace(/\.$/, '').toUpperCase();
  if (codes.has(code)) return code;
  const name = foldKey(text.replace(compassLetter, (_, letter: string) => compass[letter.toLowerCase()]!));
  return byName.get(name) ?? byName.get(name.replace(/^stateof|state$/, '')) ?? null;
}

/** `Texas (TX)` and `TX - Texas` say one state twice; `Dallas, TX` and `Dallas, TX 75201` name it last. */
function codeWithin(text: string): string | null {
  const twice = /^([^()]+)\(([^()]+)\)$/.exec(text) ?? /^([A-Za-z]{2})\s*[-–]\s*(.+)$/.exec(text);
  if (twice) {
    const [first, second] = [codeOf(twice[1]!.trim()), codeOf(twice[2]!.trim())];
    return first === second ? first : null;
  }
  const [, city, last] = /^(.{3,}),\s*([A-Za-z]{2})(?:\s+\d{5}(?:-\d{4})?)?$/.exec(text) ?? [];
  return last === undefined || city!.includes(',') ? null : codeOf(last);
}
