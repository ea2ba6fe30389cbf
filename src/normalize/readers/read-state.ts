import { foldKey } from '../../lib/fold-key.ts';

const list = `AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|
DC District of Columbia|DC Washington DC|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|
KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|
MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|
NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|
SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|
WY Wyoming|PR Puerto Rico|GU Guam|VI US Virgin Islands|VI Virgin Islands|AS American Samoa|
MP Northern Mariana Islands|AA Armed Forces Americas|AE Armed Forces Europe|AP Armed Forces Pacific|AB Alberta|
BC British Columbia|MB Manitoba|NB New Brunswick|NL Newfoundland and Labrador|NL Newfoundland|NL NF|NS Nova Scotia|
NT Northwest Territories|NU Nunavut|ON Ontario|PE Prince Edward Island|QC Quebec|QC Québec|QC PQ|SK Saskatchewan|YT Yukon|
YT Yukon Territory`;

const codes = new Set<string>();
const byName = new Map<string, string>();
for (const entry of list.split('|')) {
  const code = entry.trim().slice(0, 2);
  codes.add(code);
  byName.set(foldKey(entry.trim().slice(3)), code);
}

/** `N.Y.`, `D. C.` */
const dottedLetters = /^([A-Za-z])\.\s?([A-Za-z])\.?$/;

/**
 * A US state or territory or a Canadian province as its two letters, from `Texas`, `tx`, `US-TX`, `TX, USA`, `N.Y.`.
 * Other regions are kept as they came: a caller may be anywhere.
 */
export function readState(text: string): string | undefined {
  if (codes.has(text)) return text;
  if (text.toLowerCase() === 'unknown') return undefined;
  const bare = text
    .replace(/^(?:US|USA|CA|CAN)[-_ ]+(?=\S)/i, '')
    .replace(/,?\s*(?:US|USA|U\.S\.A?\.?|United States|Canada)$/i, '')
    .trim();
  const code = bare.replace(dottedLetters, '$1$2').replace(/\.$/, '').toUpperCase();
  if (codes.has(code)) return code;
  return byName.get(foldKey(bare)) ?? text.slice(0, 100).toWellFormed();
}
