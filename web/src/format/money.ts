import { unknown } from './number.ts';

/**
 * Decimal text as money, digit for digit: no amount passes through a float. `currency` is ISO 4217, or null
 * where amounts of several currencies are added up, which shows the bare number.
 */
export function formatMoney(amount: string | null | undefined, currency: string | null): string {
  if (amount === null || amount === undefined || amount === '') return unknown;
  const decimals = amount.split('.')[1]?.length ?? 0;
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: Math.min(20, Math.max(2, decimals)) };
  const format = new Intl.NumberFormat(
    undefined,
    currency ? { style: 'currency', currency, currencyDisplay: 'narrowSymbol', ...digits } : digits,
  );
  return format.format(amount as `${number}`);
}

/** Money for axes and wide totals, rounded: `$12.4K`. Never where an exact amount is wanted. */
export function formatMoneyShort(amount: number, currency: string | null): string {
  return new Intl.NumberFormat(undefined, {
    notation: 'compact',
    maximumFractionDigits: 1,
    ...(currency && { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }),
  }).format(amount);
}
