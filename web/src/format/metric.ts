import type { MetricBody } from '../../../src/contract/reports.ts';
import { formatMoney } from './money.ts';
import { formatClock, formatCount, formatDecimal, formatRatio, formatShare, unknown } from './number.ts';

/** A metric's value in its unit. Money stays text; percent is 0..100, as the API sends it; an unknown is a dash. */
export function formatMetric(
  value: number | string | null | undefined,
  unit: MetricBody['unit'],
  currency: string | null,
): string {
  if (value === null || value === undefined) return unknown;
  if (unit === 'money') return formatMoney(String(value), currency);
  const number = Number(value);
  if (!Number.isFinite(number)) return unknown;
  if (unit === 'percent') return formatPercent(number);
  if (unit === 'seconds') return formatClock(number);
  if (unit === 'ratio') return formatRatio(number);
  return unit === 'score' ? formatDecimal(number) : formatCount(number);
}

/** A share given as 0..100, as reports have it: `32.4%`. */
export function formatPercent(value: number | null | undefined): string {
  return formatShare(value === null || value === undefined ? value : value / 100);
}

/** A 95 % interval whose ends are given as 0..100, as all reports have them; empty where nothing was counted. */
export function formatInterval({ low, high }: { low: number | null; high: number | null }): string {
  return low === null || high === null ? '' : `${formatPercent(low)}–${formatPercent(high)}`;
}

/** A rate with what it is a share of: `69.2% of conversations`; null where it is unknown. */
export function formatRate(
  value: number | string | null | undefined,
  { unit, denominator }: Pick<MetricBody, 'unit' | 'denominator'>,
): string | null {
  if (value === null || value === undefined || denominator === null) return null;
  return `${formatMetric(value, unit, null)} of ${denominator}`;
}
