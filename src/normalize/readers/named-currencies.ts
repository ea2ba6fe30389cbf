const codes = new Set(Intl.supportedValuesOf('currency'));
const bySymbol: Record<string, string[]> = {
  '€': ['EUR'],
  '£': ['GBP', 'FKP', 'GIP', 'SHP', 'EGP', 'SYP', 'LBP'],
  '¥': ['JPY', 'CNY'],
  '₹': ['INR'],
  '₽': ['RUB'],
  '₩': ['KRW', 'KPW'],
  '₪': ['ILS'],
  '₺': ['TRY'],
  '₴': ['UAH'],
  '฿': ['THB'],
  '₫': ['VND'],
  '₱': ['PHP'],
  '₦': ['NGN'],
};
const dollars: Record<string, string> = {
  US: 'USD',
  CA: 'CAD',
  C: 'CAD',
  AU: 'AUD',
  A: 'AUD',
  NZ: 'NZD',
  R: 'BRL',
};

/** Whether three letters are a code of ISO 4217. */
export function isCurrencyCode(code: string): boolean {
  return codes.has(code);
}

/**
 * The ISO 4217 codes that an amount's own words may mean: `12.5 CAD`, `€12`, `CA$12`. Null where it names none, or only
 * what many currencies are written with (`$`, `kr`).
 */
export function namedCurrencies(amount: string): string[] | null {
  const code = /[A-Z]{3}/.exec(amount)?.[0];
  if (code && codes.has(code)) return [code];
  const dollar = /([A-Z]{1,2})\s?\$/.exec(amount)?.[1];
  if (dollar) return dollars[dollar] ? [dollars[dollar]] : null;
  const symbol = /\p{Sc}/u.exec(amount)?.[0];
  return (symbol && bySymbol[symbol]) || null;
}
