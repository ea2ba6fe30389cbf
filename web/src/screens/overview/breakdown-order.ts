import type { BreakdownBody } from '../../../../src/contract/reports.ts';

type Row = BreakdownBody['rows'][number];

/** Rows by one metric, or by label; unknown values stay last either way. */
export function orderRows(rows: readonly Row[], sort: string, direction: 'asc' | 'desc'): Row[] {
  const sign = direction === 'asc' ? 1 : -1;
  return rows.toSorted((a, b) => {
    if (sort === 'label') return sign * a.label.localeCompare(b.label);
    const [left, right] = [a.values[sort] ?? null, b.values[sort] ?? null];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * (Number(left) - Number(right)) || a.label.localeCompare(b.label);
  });
}
