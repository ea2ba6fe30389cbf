import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { CallFilters } from '../contract/calls.ts';
import type { Dimension, ExtraDimension } from '../contract/reports.ts';
import type { Database } from '../db/database.ts';
import { all, type CallConditions, noneLabel } from './call-filters.ts';
import { type DimensionRule, dimensionJoins, keyOf } from './dimension.ts';
import { mostMarks } from './fold-rollups.ts';
import { readMarks } from './read-marks.ts';
import { callsPrices, callsSource, rollupPrices, rollupSource, type Source } from './report-source.ts';
import { minutesOff, type ReportZone } from './report-zone.ts';
import { isRolledUp, type RollupDimension } from './rollup-dimensions.ts';
import type { RollupKey, WholeDays } from './rollup-rows.ts';
import { cutPeriod, type Spans } from './rollup-spans.ts';
import { strayHours } from './stray-hours.ts';

export type SourceQuestion = {
  filters: CallFilters;
  conditions: CallConditions;
  /** One or two dimensions with their rules; none for a total alone. */
  by: { name: Dimension | ExtraDimension; rule: DimensionRule }[];
  zone: ReportZone;
  as: 'now' | 'first';
  /** False: read the calls themselves, rollups or not, to compare the two. */
  useRollups: boolean;
};

/** Filters that name a value of a dimension which has rollups. */
const rolledFilters: Partial<Record<keyof CallFilters, RollupDimension>> = {
  publisher_name: 'publisher',
  buyer_name: 'buyer',
  campaign_name: 'campaign',
  target_name: 'target',
  vertical: 'vertical',
  inbound_number_state: 'state',
  connection_id: 'connection',
  reached: 'reached',
  prospect: 'prospect',
  reason: 'reason',
  result: 'result',
  billable: 'billable',
};
const periodFilters: (keyof CallFilters)[] = ['from', 'to', 'time_zone'];

/**
 * Rollups where they can answer, else the calls; the figures are the same. What it answers holds in the snapshot of the
 * transaction `db` alone, since hours are marked and folded all the time.
 */
export async function chooseSource(db: Database, question: SourceQuestion): Promise<Source> {
  const { by, zone, as, conditions, useRollups } = question;
  const spans = cutPeriod(zone.period, 'month');
  const covered = [...spans.months, ...spans.days, ...spans.hours];
  const mayRoll = useRollups && as === 'now' && zone.kind === 'one' && covered.length > 0;
  const found = mayRoll ? await readMarks(db, covered, mostMarks + 1) : null;
  const marks = found && found.length <= mostMarks ? found : null;
  const plan = marks ? planRollup(question) : null;
  if (marks && plan) {
    const told = plan.keys.some((key) => key !== 'key');
    const own = told ? cutPeriod(zone.period, 'hour') : spans;
    const byDate = told && plan.datesOnly ? wholeDays(spans, zone.period.timeZone) : null;
    return rollupSource({ ...plan, spans: own, priceSpans: spans, byDate, marks });
  }

  const table = as === 'first' ? sql`call_first c` : sql`call c`;
  const joins = by.flatMap(({ name }) => dimensionJoins[name] ?? []);
  const zoneJoin = zone.kind === 'each' ? [sql`join connection z on z.id = c.connection_id`] : [];
  const timeZone = zone.kind === 'each' ? sql`z.time_zone` : sql`${zone.period.timeZone}::text`;
  const within: RawBuilder<SqlBool>[] = zone.kind === 'each' ? [zone.within] : [];
  const real = sql<SqlBool>`not c.is_test`;
  const { start, end } = zone.period;
  const inPeriod = [
    ...within,
    sql<SqlBool>`c.call_at >= ${start.toString()}::timestamptz`,
    sql<SqlBool>`c.call_at < ${end.toString()}::timestamptz`,
  ];
  return callsSource({
    keys: by.map(({ rule }) => keyOf(rule, sql`c.call_at`, timeZone)),
    calls: sql.join([table, ...zoneJoin, ...joins], sql` `),
    where: all([real, ...within, ...conditions.facts, ...conditions.findings]),
    prices: marks
      ? rollupPrices(spans, marks)
      : callsPrices(sql.join([table, ...zoneJoin], sql` `), all([real, ...inPeriod])),
  });
}

type Plan = {
  dimension: RollupDimension;
  only: string | null | undefined;
  keys: RollupKey[];
  /** No key tells hours of a day apart, and the zone's clocks are off UTC by whole hours. */
  datesOnly: boolean;
};

/** The whole days of UTC of a period cut into months, days and hours; null where it has none. */
function wholeDays({ months, days, hours }: Spans, timeZone: string): WholeDays | null {
  const first = Math.min(...[...months, ...days].map((span) => span.start));
  const after = Math.max(...[...months, ...days].map((span) => span.end));
  if (!(after > first)) return null;
  const whole = { start: first, end: after };
  return {
    days: whole,
    stray: strayHours(whole, timeZone),
    ends: { months: [], days: [], hours, rest: [] },
  };
}

/** Rollups know one field of the call beside its time: named by a filter, or as a dimension, or both. */
function planRollup({ filters, by, zone }: SourceQuestion): Plan | null {
  const asked = (Object.keys(filters) as (keyof CallFilters)[]).filter(
    (name) => !periodFilters.includes(name) && filters[name] !== undefined && filters[name] !== '',
  );
  const fields = by.filter(({ rule }) => rule.key.of === 'call').map(({ name }) => name);
  const [filter] = asked;
  const filtered = filter && rolledFilters[filter];
  if (
    asked.length > 1 ||
    (filter && !filtered) ||
    new Set([...fields, ...(filtered ? [filtered] : [])]).size > 1
  ) {
    return null;
  }
  const [field] = fields;
  if (field && !isRolledUp(field)) return null;
  let dimension: RollupDimension = filtered ?? (field && isRolledUp(field) ? field : 'all');
  const tellsTime = by.some(({ rule }) => rule.key.of === 'time');
  if (tellsTime && minutesOff(zone.period) > 0) {
    if (dimension !== 'all' || minutesOff(zone.period) % 15 > 0) return null;
    dimension = 'quarter';
  }
  const { timeZone } = zone.period;
  const value = filter && filters[filter];
  return {
    dimension,
    datesOnly: dimension !== 'quarter' && by.every(({ rule }) => rule.key.of === 'call' || !rule.key.ofDay),
    only: value === undefined ? undefined : value === noneLabel ? null : String(value),
    keys: by.map(({ rule }) => {
      const { key } = rule;
      return key.of === 'call'
        ? 'key'
        : { bucket: (at) => key.bucket(sql`(${at} at time zone ${timeZone}::text)`) };
    }),
  };
}
