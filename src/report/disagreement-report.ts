import type { z } from 'zod';
import { disagreements } from '../contract/calls.ts';
import type {
  DisagreementReportBody,
  getDisagreements as disagreementsRoute,
} from '../contract/disagreements.ts';
import type { MetricBody } from '../contract/reports.ts';
import type { Database } from '../db/database.ts';
import { getBreakdown } from './breakdown.ts';
import { definitionsOf } from './definitions.ts';
import type { Known, Values } from './group-calls.ts';

type Query = z.infer<(typeof disagreementsRoute)['query']>;
type Kinds = DisagreementReportBody['total']['kinds'];

/**
 * The four disagreements by publisher or buyer. Counts and money are those of the breakdown, so that both always
 * say the same.
 * @throws InvalidQuery
 */
export async function getDisagreements(
  db: Database,
  query: Query,
  now: Date = new Date(),
): Promise<DisagreementReportBody> {
  const report = await getBreakdown(db, { ...query, compare: 'none', as: 'now', new_below: 0 }, now);
  const rows = report.rows.map(({ key, label, values, known }) => ({
    key,
    label,
    ...toCounts(values, known),
  }));
  return {
    by: query.by,
    from: report.from,
    to: report.to,
    time_zone: report.time_zone,
    currencies: report.currencies,
    metrics: definitionsOf(
      'scored',
      'disagreements',
      ...disagreements.flatMap((kind) => [kind, `${kind}_money`]),
    ),
    kinds: disagreements.map((kind) => describe(kind)),
    rows: rows
      .filter((row) => row.disagreements > 0)
      .sort((a, b) => b.disagreements - a.disagreements || a.label.localeCompare(b.label)),
    total: toCounts(report.total, report.total_known),
  };
}

function toCounts(values: Values, known: Known) {
  const kinds = disagreements.map((kind) => {
    const money = values[`${kind}_money`];
    const calls = count(values[kind]);
    const n = known[`${kind}_money`]?.n ?? 0;
    return [kind, { calls, money: money == null ? null : String(money), known: n }];
  });
  return {
    scored: count(values.scored),
    disagreements: count(values.disagreements),
    kinds: Object.fromEntries(kinds) as Kinds,
  };
}

function count(value: number | string | null | undefined): number {
  return Number(value ?? 0);
}

function describe(kind: (typeof disagreements)[number]): DisagreementReportBody['kinds'][number] {
  const [counted, money] = definitionsOf(kind, `${kind}_money`) as [MetricBody, MetricBody];
  return {
    kind,
    label: counted.label,
    definition: counted.definition,
    money_definition: money.definition,
    estimated: kind === 'qualified_not_billed' || kind === 'sale_heard_not_reported',
  };
}
