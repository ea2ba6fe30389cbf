import { formatDecimal, formatShare } from './number.ts';

export type Change = { text: string; direction: 'up' | 'down' | 'same' };

/**
 * How a number moved against the period before: relative for counts and money, in points for percentages. Null where either is unknown, or the earlier one is 0 and a ratio says nothing.
 */
export function changeSince(
  now: number | string | null | undefined,
  before: number | string | null | undefined,
  unit: 'count' | 'money' | 'percent' | 'seconds' | 'score' | 'ratio',
): Change | null {
  if (now === null || now === undefined || before === null || before === undefined) return null;
  const [a, b] = [Number(now), Number(before)];
  if (!Number.isFinite(a) || !Number.isFinite(b)) return null;
  if (a === b) return { text: 'no change', direction: 'same' };
  const direction = a > b ? 'up' : 'down';
  if (unit === 'percent') return { text: `${formatDecimal(Math.abs(a - b))} pts`, direction };
  if (b === 0) return null;
  return { text: formatShare(Math.abs((a - b) / b)), direction };
}
