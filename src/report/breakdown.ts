import { sql } from 'kysely';
import type { z } from 'zod';
import type { BreakdownBody, getBreakdown as getBreakdownRoute } from '../contract/reports.ts';
import type { Database } from '../db/database.ts';
import { callConditions } from './call-filters.ts';
import { findCurrencies } from './currencies.ts';
import { dimensionRule } from './dimension.ts';
import { type CallGroups, groupCalls } from './group-calls.ts';
import { metricDefinitions } from './metrics.ts';
import { previousPeriod, readClosedPeriod } from './period.ts';

export type BreakdownQuery = z.infer<(typeof getBreakdownRoute)['query']>;

/** Beyond this a table is no longer read by people; the total still counts every row. */
const maxRows = 5_000;

/**
 * Calls, outcomes and money by one dimension. Without `from` and `to`: the last 30 days, today included, in
 * `time_zone` (UTC if absent: callers put their default).
 * @throws InvalidQuery
 */
export async function getBreakdown(
  db: Database,
  query: BreakdownQuery,
  now: Date = new Date(),
): Promise<BreakdownBody> {
  const period = readClosedPeriod(query, now);
  const conditions = callConditions(query, period);
  const rule = dimensionRule(query.by);
  const key = rule.key(period.timeZone);
  const [grouped, currencies, previous] = await Promise.all([
    groupCalls(db, { conditions, key, order: rule.order, limit: maxRows }),
    findCurrencies(db, conditions),
    query.compare === 'previous' ? readPreviousTotal(db, query, now) : null,
  ]);
  const names =
    query.by === 'connection' ? await readConnectionNames(db, grouped) : new Map<string, string>();
  return {
    by: query.by,
    from: period.from,
    to: period.to,
    time_zone: period.timeZone,
    currencies,
    metrics: metricDefinitions,
    rows: grouped.groups.map(({ key: found, values }) => {
      const wireKey = found === null ? null : rule.wireKey(found);
      return { key: wireKey, label: names.get(found ?? '') ?? rule.label(wireKey), values };
    }),
    ...(grouped.omitted > 0 && { omitted_rows: grouped.omitted }),
    total: grouped.total,
    previous_total: previous,
  };
}

async function readPreviousTotal(db: Database, query: BreakdownQuery, now: Date) {
  const conditions = callConditions(query, previousPeriod(readClosedPeriod(query, now)));
  const { total } = await groupCalls(db, { conditions, key: sql`null::text`, order: 'key', limit: 0 });
  return total;
}

async function readConnectionNames(db: Database, { groups }: CallGroups): Promise<Map<string, string>> {
  const ids = groups.map((group) => group.key);
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from connection where id = any(${ids})`.execute(db);
  return new Map(rows.map((row) => [row.id, row.name]));
}
