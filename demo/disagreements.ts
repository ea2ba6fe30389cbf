import type { BreakdownBody } from '../src/contract/reports.ts';

/** The four disagreements with the metrics of the report that count and price them. */
const kinds = [
  ['billed_not_qualified', 'billed, but nobody qualified was heard'],
  ['qualified_not_billed', 'qualified, but not billed'],
  ['sale_heard_not_reported', 'a sale was heard, but not reported'],
  ['sale_reported_not_heard', 'a sale was reported, but not heard'],
] as const;

/** One line per disagreement: how many calls, how much money, what it is. */
export function disagreementLines(report: BreakdownBody): string[] {
  return kinds.map(([id, words]) => {
    const calls = report.total[id] ?? '—';
    const money = report.total[`${id}_money`] ?? '—';
    return `  ${String(calls).padStart(3)}  ${String(money).padStart(9)} ${report.currencies.join('/')}  ${words}`;
  });
}
