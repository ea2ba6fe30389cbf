import type { Billable, Result } from './outcome.ts';

/** The ways in which what was reported and what was heard contradict each other; meanings in docs/concepts.md. */
export const disagreementKinds = [
  'billed_not_qualified',
  'qualified_not_billed',
  'sale_heard_not_reported',
  'sale_reported_not_heard',
] as const;
export type DisagreementKind = (typeof disagreementKinds)[number];

/**
 * A single call that is worth what its buyer pays elsewhere is held against the average of so many days: the day of the
 * call and those before it, by the clocks of its connection. Reports hold it against the average of their own period.
 */
export const averageDays = 30;

/** What the platform reported, as decimal text; null: unknown. */
export type ReportedMoney = {
  revenue: string | null;
  saleAmount: string | null;
  saleCount: string | null;
};

/**
 * The disagreements of an outcome that is not stored (yet). For stored ones the database computes the same in its
 * columns (src/db/migrations/0001_ingest.sql); test/score/disagreement.test.ts holds the two together.
 */
export function findDisagreements(
  outcome: { billable: Billable; result: Result } | null,
  reported: ReportedMoney,
): DisagreementKind[] {
  if (!outcome) return [];
  const { billable, result } = outcome;
  const billed = isPositive(reported.revenue);
  const sold = isPositive(reported.saleCount) || isPositive(reported.saleAmount);
  const kinds: Record<DisagreementKind, boolean> = {
    billed_not_qualified: billed && billable === 'no',
    qualified_not_billed: !billed && billable === 'yes',
    sale_heard_not_reported: result === 'sale' && !sold,
    sale_reported_not_heard: sold && result !== 'sale' && result !== 'application',
  };
  return disagreementKinds.filter((kind) => kinds[kind]);
}

function isPositive(decimal: string | null): boolean {
  return decimal !== null && !decimal.startsWith('-') && /[1-9]/.test(decimal);
}
