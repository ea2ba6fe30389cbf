import { type Reading, warnUnreadable } from '../reading.ts';

const canadian = /^([A-Z]\d[A-Z])[\s-]?(\d[A-Z]\d)$/;

/**
 * A postal code as text: US five digits (a leading zero that a spreadsheet ate is put back) or ZIP+4, Canadian
 * `K1A 0B1`; elsewhere whatever looks like a postal code.
 */
export function readZip(text: string, reading: Reading): string | undefined {
  // no place has it; software that knows none fills it in
  if (/^0{5}(?:-?0{4})?$/.test(text)) return undefined;
  if (/^\d{5}$/.test(text)) return text;
  const upper = text.toUpperCase();
  const province = canadian.exec(upper);
  if (province) return `${province[1]} ${province[2]}`;
  // a template with a dash between two tokens leaves it behind where only the first is filled
  const lone = /^(\d{5})\s*-$/.exec(text)?.[1];
  if (lone) return lone;
  const plus4 = /^(\d{5})[-\s]?(\d{4})$/.exec(text);
  if (plus4) return `${plus4[1]}-${plus4[2]}`;
  const { defaultCountry } = reading.settings;
  if (defaultCountry === 'US') {
    const short4 = /^(\d{3,4})-(\d{4})$/.exec(text);
    if (short4) return `${short4[1]!.padStart(5, '0')}-${short4[2]}`;
    // Only what a spreadsheet makes of a code: 2134, 601, 2134.0.
    const number = /^(\d{3,5})(?:\.0+)?$/.exec(text)?.[1];
    return number ? number.padStart(5, '0') : warnUnreadable(reading, text, 'ZIP code');
  }
  if (defaultCountry !== 'CA' && /^(?=.*\d)[A-Z0-9][A-Z0-9 -]{1,10}$/.test(upper)) return upper;
  return warnUnreadable(reading, text, 'postal code');
}
