import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type {
  PartyScorecardBody,
  getPartyScorecard as scorecardRoute,
} from '../contract/party-scorecards.ts';
import type { BreakdownBody, Dimension } from '../contract/reports.ts';
import type { Database } from '../db/database.ts';
import { getBreakdown } from './breakdown.ts';
import { all, callConditions } from './call-filters.ts';
import { readClosedPeriod } from './period.ts';

type Query = z.infer<(typeof scorecardRoute)['query']>;
type Party = Query['party'];

const common = [
  'calls',
  'connected',
  'connect_rate',
  'average_connected_length',
  'duplicates',
  'coverage',
  'conversations',
  'qualified',
  'qualified_rate',
  'billable',
  'to_review',
  'average_score',
];

/**
 * What each party may see: his own money and nobody else's. A publisher is owed payouts and never learns what buyers
 * pay; a buyer owes revenue and never learns payouts, cost or margin.
 */
const allowed: Record<Party, string[]> = {
  publisher: [...common, 'flag_rate', 'payout'],
  buyer: [...common, 'heard_sales', 'reported_sales', 'sale_amount', 'revenue'],
};

const callsShown = 25;
const reasonsShown = 12;
const sourcesShown = 15;

/**
 * A publisher's or buyer's own figures for a period, fit for sending to him: no caller's number, no words of a call,
 * no other party's name or money.
 * @throws InvalidQuery
 */
export async function getPartyScorecard(
  db: Database,
  query: Query,
  now: Date = new Date(),
): Promise<PartyScorecardBody> {
  const { party, name, from, to, time_zone } = query;
  const filter = party === 'publisher' ? { publisher_name: name } : { buyer_name: name };
  const ask = (by: Dimension, compare: 'none' | 'previous' = 'none') =>
    getBreakdown(db, { by, compare, as: 'now', new_below: 0, from, to, time_zone, ...filter }, now);
  const [whole, reasons, weeks, sources, calls] = [
    await ask('day', 'previous'),
    await ask('reason'),
    await ask('week'),
    await ask(party === 'publisher' ? 'publisher_sub_id' : 'campaign'),
    await listRefused(db, { ...filter, from, to, time_zone }, now),
  ];
  return {
    party,
    name,
    from: whole.from,
    to: whole.to,
    time_zone: whole.time_zone,
    currencies: whole.currencies,
    made_at: now.toISOString(),
    figures: toFigures(whole, party),
    reasons: reasons.rows
      .filter(({ key }) => key !== null)
      .slice(0, reasonsShown)
      .map(({ label, values }) => ({ label, calls: number(values.calls) ?? 0 })),
    weeks: weeks.rows.map(({ label, values }) => ({
      label,
      calls: number(values.calls) ?? 0,
      qualified_rate: number(values.qualified_rate),
      billable: number(values.billable) ?? 0,
    })),
    sources: sources.rows.slice(0, sourcesShown).map(({ label, values }) => ({
      label,
      calls: number(values.calls) ?? 0,
      qualified_rate: number(values.qualified_rate),
    })),
    calls,
  };
}

function toFigures(report: BreakdownBody, party: Party): PartyScorecardBody['figures'] {
  const { total, previous_total: previous } = report;
  return allowed[party].flatMap((id) => {
    const metric = report.metrics.find((candidate) => candidate.id === id);
    if (!metric) return [];
    const { low = null, high = null } = report.total_rates[id] ?? {};
    return [{ ...metric, value: total[id] ?? null, previous: previous?.[id] ?? null, low, high }];
  });
}

type Refused = {
  call_instance_id: string;
  call_at: Date;
  connected_call_length: string | null;
  reason: string | null;
  reached: string;
};

/** The newest connected calls that are not billable. Explanations quote callers, so the verdict is made of ids. */
async function listRefused(
  db: Database,
  filter: Parameters<typeof callConditions>[0],
  now: Date,
): Promise<PartyScorecardBody['calls']> {
  const { facts, findings } = callConditions(filter, readClosedPeriod(filter, now));
  const conditions: RawBuilder<boolean>[] = [sql`not c.is_test and c.connected and c.billable = 'no'`];
  const { rows } = await sql<Refused>`
    select c.call_instance_id, c.call_at, c.connected_call_length, c.reason, c.reached
    from call c where ${all([...conditions, ...facts, ...findings])}
    order by c.call_at desc, c.id desc limit ${callsShown}`.execute(db);
  return rows.map(({ call_instance_id, call_at, connected_call_length: length, reason, reached }) => ({
    call_instance_id,
    call_at: call_at.toISOString(),
    connected_call_length: length === null ? null : Math.round(Number(length)),
    verdict: words(reason ?? reached),
  }));
}

/** `existing_customer` → `Existing customer`. */
function words(id: string): string {
  return id.charAt(0).toUpperCase() + id.slice(1).replaceAll('_', ' ');
}

function number(value: number | string | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}
