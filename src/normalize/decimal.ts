import { remember } from '../lib/remember.ts';
import { type Reading, warn } from './reading.ts';

/** Whether people of the country write one and a half as 1,5. */
const writesDecimalComma = remember(
  (country) => {
    try {
      const locale = new Intl.Locale(`und-${country}`).maximize().toString();
      return new Intl.NumberFormat(locale)
        .formatToParts(1.5)
        .some((part) => part.type === 'decimal' && part.value === ',');
    } catch {
      return false;
    }
  },
  { most: 300, longest: 10 },
);

const plain = /^(?:0|[1-9]\d{0,17})(?:\.\d{1,18})?$/;

/** Digits, a point, digits: as PostgreSQL's numeric takes them, without a leading zero too many. */
function tidy(whole: string, fraction: string | undefined): string | null {
  const digits = whole.replace(/^0+(?=\d)/, '') || '0';
  if (digits.length > 18 || (fraction !== undefined && fraction.length > 18)) return null;
  return fraction ? `${digits}.${fraction}` : digits;
}

/**
 * An unsigned number in any common spelling (`1,234.50`, `1.234,50`, `12,50`, `1 234`, `.5`) as plain decimal
 * text, every digit kept, or null. Where it can be read in two ways, the connection's own setting decides, or
 * else its country, with a warning.
 */
export function readDecimal(text: string, reading: Reading): string | null {
  if (plain.test(text)) {
    if (!reading.isNumber && /^[1-9]\d{0,2}\.\d{3}$/.test(text))
      return readGroupOrFraction(text, '.', reading);
    return text;
  }
  const compact = text.replace(/(?<=\d)[\s\u00a0\u202f'’](?=\d{3}(?!\d))/g, '');
  if (!/^[\d.,]+$/.test(compact) || !/\d/.test(compact)) return null;
  const simple = /^(\d*)(?:\.(\d*))?$/.exec(compact);
  if (simple) return tidy(simple[1]!, simple[2]);
  if (/^[1-9]\d{0,2},\d{3}$/.test(compact)) return readGroupOrFraction(compact, ',', reading);
  const comma = /^(\d+),(\d+)$/.exec(compact);
  if (comma) return tidy(comma[1]!, comma[2]);
  const grouped =
    /^(\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/.exec(compact) ?? /^(\d{1,3}(?:\.\d{3})+)(?:,(\d+))?$/.exec(compact);
  // India groups by two above the thousands: 12,34,567.50
  const indian = /^(\d{1,2}(?:,\d{2})+,\d{3})(?:\.(\d+))?$/.exec(compact);
  const found = grouped ?? indian;
  return found ? tidy(found[1]!.replace(/[.,]/g, ''), found[2]) : null;
}

/** `1,234` and `1.234`: a thousand or a fraction. */
function readGroupOrFraction(text: string, separator: ',' | '.', reading: Reading): string {
  const { decimalMark, defaultCountry } = reading.settings;
  const isComma = decimalMark ? decimalMark === 'comma' : writesDecimalComma(defaultCountry);
  const decimal = isComma ? ',' : '.';
  const [whole, rest] = text.split(separator) as [string, string];
  const result = separator === decimal ? `${whole}.${rest}` : `${whole}${rest}`;
  // a connection that says how it writes numbers leaves no doubt
  if (decimalMark) return result;
  warn(
    reading,
    'ambiguous_number',
    `"${text}" was read as ${result}, as the connection's country writes numbers.`,
  );
  return result;
}

/** The same value without trailing zeros: `78.0` is `78`. */
export function withoutTrailingZeros(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
