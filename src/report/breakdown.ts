import { sql } from 'kysely';
import type { z } from 'zod';
import type { BreakdownBody, getBreakdown as getBreakdownRoute } from '../contract/reports.ts';
import type { Database } from '../db/database.ts';
import { callConditions } from './call-filters.ts';
import { chooseSource } from './choose-source.ts';
import { findCurrencies } from './currencies.ts';
import { type DimensionRule, dimensionRule, findings, overlapping } from './dimension.ts';
import { type CallGroups, groupCalls, type KeyedGroup } from './group-calls.ts';
import { InvalidQuery } from './invalid-query.ts';
import { metricDefinitions } from './metrics.ts';
import { type ClosedPeriod, previousPeriod, yearBefore } from './period.ts';
import { readReportPeriod } from './report-period.ts';
import { connectionZone, type ReportZone, readConnectionZones, zoneOf } from './report-zone.ts';

type FullQuery = z.infer<(typeof getBreakdownRoute)['query']>;
type Defaulted = 'as' | 'new_below';
/** As the contract reads it; what has a default may be left out by other callers. */
export type BreakdownQuery = Omit<FullQuery, Defaulted> & Partial<Pick<FullQuery, Defaulted>>;

/** Beyond this a table is no longer read by people; the total still counts every row. */
const maxRows = 5_000;

type By = { name: BreakdownQuery['by']; rule: DimensionRule };

/**
 * Calls, outcomes and money by one or two dimensions. Without `from` and `to`: the last 30 days, today included, in
 * `time_zone` (UTC if absent: callers put their default).
 * @param useRollups false: read the calls themselves, to compare the two
 * @param most rows beyond it are counted, not listed
 * @throws InvalidQuery
 */
export async function getBreakdown(
  db: Database,
  query: BreakdownQuery,
  now: Date = new Date(),
  useRollups = true,
  most = maxRows,
): Promise<BreakdownBody> {
  const zones =
    query.time_zone === connectionZone ? await readConnectionZones(db, query.connection_id) : null;
  const clocks = { ...query, time_zone: zones ? zones[0] : query.time_zone };
  const period = await readReportPeriod(db, clocks, now, zones ?? []);
  const by = readDimensions(query);
  const before =
    query.compare === 'none' ? null : query.compare === 'year' ? yearBefore(period) : previousPeriod(period);
  const read = (of: ClosedPeriod, limit: number) =>
    readGroups(db, query, zones ? zoneOf(of, zones) : { kind: 'one', period: of }, by, { limit, useRollups });
  // without its keys' order, a limit of all rows is needed to find each name again
  const [grouped, previous] = await Promise.all([
    read(period, most),
    before && read(before, by.some(({ rule }) => rule.order === 'key') ? 0 : most),
  ]);
  const currencies =
    Number(grouped.total.values.calls) === 0 ? [] : await findCurrencies(db, callConditions(query, period));
  const labels = await readLabels(db, by, grouped);
  const earlier = new Map(previous?.groups.map((group) => [keysOf(group), group.values]));
  const newBelow = query.new_below ?? 100;
  const isNamed = by.every(({ rule }) => rule.order === 'calls');
  return {
    by: query.by,
    ...(query.then_by && { then_by: query.then_by }),
    from: period.from,
    to: period.to,
    time_zone: zones && zones.length > 1 ? connectionZone : period.timeZone,
    as: query.as ?? 'now',
    currencies,
    metrics: metricDefinitions,
    new_below: newBelow,
    rows: grouped.groups.map((group) => ({
      ...labels(0, group.key),
      ...(by.length > 1 && { second: labels(1, group.thenKey) }),
      values: group.values,
      rates: group.rates,
      known: group.known,
      is_new: isNamed && !findings.has(query.by) && Number(group.values.calls) < newBelow,
      ...(previous && isNamed && { previous: earlier.get(keysOf(group)) ?? null }),
    })),
    ...(grouped.omitted > 0 && { omitted_rows: grouped.omitted }),
    total: grouped.total.values,
    total_rates: grouped.total.rates,
    total_known: grouped.total.known,
    previous_total: previous?.total.values ?? null,
    previous_period: before && { from: before.from, to: before.to },
    answered_from: grouped.from,
  };
}

function readDimensions({ by, then_by: second }: BreakdownQuery): By[] {
  if (by === second) throw new InvalidQuery('then_by', '`then_by` must name another dimension than `by`.');
  return [by, ...(second ? [second] : [])].map((name) => ({ name, rule: dimensionRule(name) }));
}

async function readGroups(
  db: Database,
  query: BreakdownQuery,
  zone: ReportZone,
  by: By[],
  { limit, useRollups }: { limit: number; useRollups: boolean },
): Promise<CallGroups & { from: 'rollups' | 'calls' }> {
  const { by: _by, then_by: _then, compare: _compare, as = 'now', new_below: _new, ...filters } = query;
  const question = { filters, conditions: callConditions(query, zone.period), zone, as, useRollups };
  const order = [by[0]?.rule.order ?? 'key', by[1]?.rule.order ?? 'key'] as const;
  const overlaps = by.some(({ name }) => overlapping.has(name));
  // in one snapshot: which hours are marked, and the sums
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const source = await chooseSource(tx, { ...question, by });
      const grouped = { ...(await groupCalls(tx, { source, order: [...order], limit })), from: source.from };
      if (!overlaps) return grouped;
      // a call with two flags stands in two rows, and once in the total
      const whole = await chooseSource(tx, { ...question, by: [] });
      const { total } = await groupCalls(tx, { source: whole, order: ['key', 'key'], limit: 0 });
      return { ...grouped, total };
    });
}

function keysOf({ key, thenKey }: KeyedGroup): string {
  return JSON.stringify([key, thenKey]);
}

/** How keys cross the wire and are called. */
async function readLabels(db: Database, by: By[], { groups }: CallGroups) {
  const at = by.findIndex(({ name }) => name === 'connection');
  const ids = at < 0 ? [] : groups.map(({ key, thenKey }) => (at === 0 ? key : thenKey));
  const { rows } =
    ids.length === 0
      ? { rows: [] }
      : await sql<{ id: string; name: string }>`
          select id, name from connection where id = any(${ids})`.execute(db);
  const names = new Map(rows.map((row) => [row.id, row.name]));
  return (index: 0 | 1, found: string | null) => {
    const { name, rule } = by[index]!;
    const key = found === null ? null : rule.wireKey(found);
    return { key, label: (name === 'connection' && names.get(found ?? '')) || rule.label(key) };
  };
}
