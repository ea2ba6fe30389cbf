import { expect } from 'vitest';
import type { BreakdownBody } from '../../src/contract/reports.ts';
import { metrics } from '../../src/report/metrics.ts';

/** Not asked of DuckDB: there are no reviews in events. */
const unasked = new Set(['reviewed', 'override_rate', 'agreement']);

/** Every figure of a report's row is what DuckDB counted. */
export function expectSame(
  values: BreakdownBody['total'],
  row: Record<string, unknown>,
  where: string,
): void {
  for (const { id, unit } of metrics) {
    if (unasked.has(id)) continue;
    expect(Object.keys(row), id).toContain(id);
    const [got, wanted] = [values[id] ?? null, row[id] ?? null];
    if (got === null || wanted === null) {
      expect(got, `${where} ${id}`).toBe(wanted);
      continue;
    }
    // sums are exact; quotients are rounded to what is shown
    const step = unit === 'count' ? 0 : unit === 'money' ? 0.005 : unit === 'percent' ? 0.005 : 0.05;
    expect(
      Math.abs(Number(got) - Number(wanted)),
      `${where} ${id}: ${got}, DuckDB ${wanted}`,
    ).toBeLessThanOrEqual(step + 1e-6);
  }
}
