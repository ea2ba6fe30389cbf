import { type RawBuilder, sql } from 'kysely';
import { contributions, measureColumns, measureIds, reviewsJoin, sumMeasures } from './measures.ts';
import { type RollupDimension, rollupKeys } from './rollup-dimensions.ts';
import { joinHours, type Span, type Spans } from './rollup-spans.ts';

type Fragment = RawBuilder<unknown>;

/**
 * Where a report's sums come from, as steps of one statement:
 * - `part`: keys `k1`, `k2` and a column per measure; any number of rows per group
 * - `estimate`: `k1`, `k2`, `buyer` and how many of the calls are worth what the buyer pays elsewhere
 * - `price`: what a buyer paid for how many calls in the whole period, as `billed_money` … `sold`; any number of rows
 */
export type Source = { steps: Fragment; from: 'rollups' | 'calls' };

const none = sql`null::text`;
const priceIds = ['billed_money', 'billed', 'sold_money', 'sold'] as const;

/**
 * Straight from the calls: any question, at the cost of reading them.
 * @param keys what calls `c` are grouped by, one or two
 * @param calls `call c` or `call_first c`, with the joins that keys and conditions need
 * @param prices the step `price` with those that it needs
 */
export function callsSource(question: {
  keys: Fragment[];
  calls: Fragment;
  where: Fragment;
  prices: Fragment;
}): Source {
  const { keys, calls, where, prices } = question;
  const [k1 = none, k2 = none] = keys;
  const steps = sql`
    grouped as materialized (
      select k1, k2, buyer, ${sumMeasures('one')} from (
        select ${k1} as k1, ${k2} as k2, c.buyer_name as buyer, ${contributions}
        from ${calls} ${reviewsJoin} where ${where}
      ) one group by k1, k2, buyer
    ),
    part as (select k1, k2, ${measureColumns('grouped')} from grouped),
    estimate as (
      select k1, k2, buyer, qualified_not_billed, sale_heard_not_reported from grouped
      where qualified_not_billed + sale_heard_not_reported > 0
    ),
    ${prices}`;
  return { steps, from: 'calls' };
}

/** Prices from the calls themselves. @param calls as in {@link callsSource} */
export function callsPrices(calls: Fragment, where: Fragment): Fragment {
  return sql`
    price as (
      select buyer, ${columns('x', priceIds, 'sum')} from (
        select c.buyer_name as buyer, ${contributions} from ${calls} ${reviewsJoin} where ${where}
      ) x group by buyer
    )`;
}

/** A field, or a stretch of time told from the beginning of a rollup's slot. */
export type RollupKey = 'key' | { bucket: (at: Fragment) => Fragment };

/**
 * From rollups, corrected by the calls of marked hours and of the period's ragged ends.
 * @param only this value of the dimension; null: calls without one; undefined: all
 * @param spans the period; by the hour where keys tell time
 * @param priceSpans the same period, cut as coarsely as can be
 */
export function rollupSource(question: {
  dimension: RollupDimension;
  only: string | null | undefined;
  keys: RollupKey[];
  spans: Spans;
  priceSpans: Spans;
  /** Where all keys that tell time tell no more than the date: the period's whole days of UTC. */
  byDate: WholeDays | null;
  /** Hours whose rows are out of date. */
  marks: Date[];
}): Source {
  const { dimension, only, keys, spans, priceSpans, byDate, marks } = question;
  const wanted = (key: Fragment) =>
    only === undefined ? sql`true` : only === null ? sql`${key} is null` : sql`${key} = ${only}`;
  const rowAt = dimension === 'quarter' ? sql`(r.slot + r.key::int * interval '1 minute')` : sql`r.slot`;
  const keysOf = (field: Fragment, at: Fragment) => {
    const [k1 = none, k2 = none] = keys.map((key) => (key === 'key' ? field : key.bucket(at)));
    return sql`${k1} as k1, ${k2} as k2`;
  };
  const rowKeys = keysOf(sql`r.key`, rowAt);
  const liveKeys = keysOf(sql`l.key`, sql`l.call_at`);
  const steps = sql`
    ${liveStep(spans, dimension, marks)},
    part as (
      ${union([
        ...rowsOf(
          'rollup',
          dimension,
          byDate ? byDate.ends : spans,
          marks,
          wanted(sql`r.key`),
          (sign) => sql`${rowKeys}, ${measureColumns('r', sign)}`,
        ),
        ...(byDate ? rowsByDate('rollup', dimension, byDate, wanted(sql`r.key`), keysOf) : []),
      ])}
      union all
      select ${liveKeys}, ${measureColumns('l')} from live l where ${wanted(sql`l.key`)}
    ),
    estimate as (
      ${union([
        ...rowsOf(
          'rollup_estimate',
          dimension,
          byDate ? byDate.ends : spans,
          marks,
          wanted(sql`r.key`),
          (sign) => sql`${rowKeys}, r.buyer, ${columns('r', estimateIds, sign)}`,
        ),
        ...(byDate ? rowsByDate('rollup_estimate', dimension, byDate, wanted(sql`r.key`), keysOf) : []),
      ])}
      union all
      select ${liveKeys}, l.buyer, ${columns('l', estimateIds)} from live l
      where ${wanted(sql`l.key`)} and l.qualified_not_billed + l.sale_heard_not_reported > 0
    ),
    ${priceStep(priceSpans, marks)}`;
  return { steps, from: 'rollups' };
}

/** Whole days of UTC, their hours that lie on another date by the zone's clocks, and the rest of the period. */
export type WholeDays = { days: Span; stray: Date[]; ends: Spans };

/**
 * Rows by date without reading each hour, for estimates a hundred thousand a year: a day of UTC counts for the date of its
 * noon, less its stray hours, which count for theirs.
 */
function rowsByDate(
  table: 'rollup' | 'rollup_estimate',
  dimension: RollupDimension,
  { days, stray }: WholeDays,
  wanted: Fragment,
  keysOf: (field: Fragment, at: Fragment) => Fragment,
): Fragment[] {
  // counts stay ints: a bigint among them would make all sums numeric, several times as slow
  const [ids, more, sums] =
    table === 'rollup'
      ? [measureIds, sql``, sumMeasures('r')]
      : [
          estimateIds,
          sql`, r.buyer`,
          sql.join(estimateIds.map((id) => sql`sum(${sql.ref(`r.${id}`)})::int as ${sql.ref(id)}`)),
        ];
  const noon = (at: Fragment) => sql`(date_trunc('day', ${at}, 'UTC') + interval '12 hours')`;
  const day = sql`
      select ${keysOf(sql`r.key`, noon(sql`r.slot`))}${more}, ${columns('r', ids)} from ${sql.table(`${table}_day`)} r
      where r.dimension = ${dimension} and r.slot >= ${instant(days.start)} and r.slot < ${instant(days.end)} and ${wanted}`;
  if (stray.length === 0) return [day];
  const moved = sql`
      select ${keysOf(sql`r.key`, sql`m.at`)}${more}, ${sql.join(ids.map((id) => sql`m.sign * ${sql.ref(`r.${id}`)}`))}
      from (
        select min(r.slot) as slot, r.key${more}, ${sums} from ${sql.table(`${table}_hour`)} r
        where r.dimension = ${dimension} and r.slot = any(${stray}::timestamptz[]) and ${wanted}
        group by date_trunc('day', r.slot, 'UTC'), r.key${more}
      ) r cross join lateral (values (r.slot, 1), (${noon(sql`r.slot`)}, -1)) m(at, sign)`;
  return [day, moved];
}

const estimateIds = ['qualified_not_billed', 'sale_heard_not_reported'] as const;

/** Prices from rollups, for a question that is answered from the calls. */
export function rollupPrices(spans: Spans, marks: Date[]): Fragment {
  return sql`${liveStep(spans, 'all', marks)}, ${priceStep(spans, marks)}`;
}

function priceStep(spans: Spans, marks: Date[]): Fragment {
  return sql`
    price as (
      ${union(rowsOf('rollup', 'buyer', spans, marks, sql`true`, (sign) => sql`r.key as buyer, ${columns('r', priceIds, sign)}`))}
      union all
      select l.buyer, ${columns('l', priceIds)} from live l
    )`;
}

/** `live`: the calls of hours whose rows are out of date, and those of the period's ragged ends. */
function liveStep(spans: Spans, dimension: RollupDimension, marks: Date[]): Fragment {
  const stretches = [...joinHours(marks), ...spans.rest].map(
    ({ start, end }) => sql`(c.call_at >= ${instant(start)} and c.call_at < ${instant(end)})`,
  );
  const where = stretches.length > 0 ? sql`(${sql.join(stretches, sql` or `)})` : sql`false`;
  return sql`
    live as materialized (
      select c.call_at, ${rollupKeys[dimension]} as key, c.buyer_name as buyer, ${contributions}
      from call c ${reviewsJoin} where ${where} and not c.is_test
    )`;
}

/** The rows `r` of all tiers, less those of marked hours, whose calls are read instead. */
function rowsOf(
  table: 'rollup' | 'rollup_estimate',
  dimension: RollupDimension,
  spans: Spans,
  marks: Date[],
  wanted: Fragment,
  select: (sign: '' | '-') => Fragment,
): Fragment[] {
  const within = (tier: string) => (span: Span) =>
    sql`
      select ${select('')} from ${sql.table(`${table}_${tier}`)} r
      where r.dimension = ${dimension} and r.slot >= ${instant(span.start)} and r.slot < ${instant(span.end)}
        and ${wanted}`;
  const outdated = sql`
      select ${select('-')} from ${sql.table(`${table}_hour`)} r
      where r.dimension = ${dimension} and r.slot = any(${marks}::timestamptz[]) and ${wanted}`;
  const { months, days, hours } = spans;
  return [
    ...months.map(within('month')),
    ...days.map(within('day')),
    ...hours.map(within('hour')),
    ...(marks.length > 0 ? [outdated] : []),
  ];
}

function union(selects: Fragment[]): Fragment {
  return sql.join(selects, sql` union all `);
}

function columns(alias: string, ids: readonly string[], how: '' | '-' | 'sum' = ''): Fragment {
  return sql.join(
    ids.map((id) => {
      const column = sql.ref(`${alias}.${id}`);
      return sql`${how === 'sum' ? sql`sum(${column})` : sql`${sql.raw(how)}${column}`} as ${sql.ref(id)}`;
    }),
  );
}

function instant(ms: number): Fragment {
  return sql`${new Date(ms).toISOString()}::timestamptz`;
}
