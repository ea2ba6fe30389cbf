import { readDecimal } from '../decimal.ts';
import { quoted, type Reading, warn, warnUnreadable } from '../reading.ts';
import { isCurrencyCode, namedCurrencies } from './named-currencies.ts';

const plain = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,2})?$/;
const sign = /^[-−–]\s*|\s*[-−–]$/;
const currency =
  /^(?:[A-Z]{1,3}\s?)?[\p{Sc}]\s*|^[A-Z]{3}\s*(?=[\d.,(-])|\s*(?:[A-Z]{1,2})?\p{Sc}(?:\s?[A-Z]{2,3})?$|(?<=[\d).-])\s*(?:[A-Z]{3}|\([A-Z]{3}\))$/gu;
/** `12.50 dollars`, `12.50 US dollars` */
const dollars = /(?<=\d)\s*(us\s)?dollars?$/i;
/** A hundredth is no currency, and a code in small letters is one (`12.5 usd`). */
const cents = /[¢￠]/;
const smallCode = /^[a-z]{3}(?=\s?[-\d.,])|(?<=\d\s?)[a-z]{3}$/i;

/**
 * An amount as plain decimal text, every digit kept: `$1,234.50` → `1234.50`, `(5.00)` → `-5.00`, `12.5 USD` →
 * `12.5`. Amounts are in the connection's currency; one that names another is kept, not converted, and warned of.
 */
export function readMoney(text: string, reading: Reading): string | undefined {
  if (plain.test(text)) return text === '-0' ? '0' : text;
  if (cents.test(text)) return warnUnreadable(reading, text, 'amount of money');
  const named = text.replace(dollars, (_, us?: string) => (us ? ' USD' : ' $'));
  const written = named.replace(smallCode, (code) => code.toUpperCase());
  const code = /[A-Z]{3}/.exec(written)?.[0];
  if (code !== undefined && !isCurrencyCode(code)) return warnUnreadable(reading, text, 'amount of money');
  let rest = written;
  let negative = false;
  // Sign, parentheses and currency come in any order: -$5, $-5, ($5), $(5), 5- EUR.
  for (let round = 0; round < 2; round++) {
    const bare = /^\((.*)\)$/.exec(rest)?.[1]?.trim() ?? rest.replace(sign, '');
    if (bare !== rest) {
      if (negative) return warnUnreadable(reading, text, 'amount of money');
      negative = true;
      rest = bare;
    }
    rest = rest.replace(/^\+/, '').replace(currency, '').trim();
  }
  const amount = readDecimal(rest, reading);
  if (amount === null) return warnUnreadable(reading, text, 'amount of money');
  const own = reading.settings.currency;
  const meant = own === undefined ? null : namedCurrencies(written);
  if (meant !== null && !meant.includes(own!)) {
    warn(
      reading,
      'other_currency',
      `${quoted(text)} is in ${meant.join(' or ')}, the connection in ${own}; the number was kept and counts as ${own}.`,
    );
  }
  return negative && /[1-9]/.test(amount) ? `-${amount}` : amount;
}
