import { type RawBuilder, sql } from 'kysely';
import { measureIds, sumMeasures } from './measures.ts';
import type { RollupDimension } from './rollup-dimensions.ts';
import type { Span, Spans } from './rollup-spans.ts';

type Fragment = RawBuilder<unknown>;

/** A field, or a stretch of time told from the beginning of a rollup's slot. */
export type RollupKey = 'key' | { bucket: (at: Fragment) => Fragment };

/** Whole days of UTC, their hours that lie on another date by the zone's clocks, and the rest of the period. */
export type WholeDays = { days: Span; stray: Date[]; ends: Spans };

/** Which rows of which rollups are read, and what they are grouped by. */
export type RollupReading = {
  dimension: RollupDimension;
  /** Only this value of the dimension; null: calls without one; undefined: all. */
  only?: string | null | undefined;
  keys: RollupKey[];
  /** The period; by the hour where keys tell time. */
  spans: Spans;
  /** Where all keys that tell time tell no more than the date: the period's whole days of UTC. */
  byDate: WholeDays | null;
  /** Hours whose rows are out of date. */
  marks: Date[];
};

/** What rows of a table carry beside their key. */
const tables = {
  rollup: { ids: measureIds as readonly string[], more: sql``, sums: sumMeasures('r') },
  rollup_estimate: {
    ids: ['qualified_not_billed', 'sale_heard_not_reported'] as readonly string[],
    more: sql`, r.buyer`,
    // ints: a bigint among them would make all sums numeric, several times as slow
    sums: sql`sum(r.qualified_not_billed)::int as qualified_not_billed,
      sum(r.sale_heard_not_reported)::int as sale_heard_not_reported`,
  },
};

/**
 * Rows of all tiers as `k1`, `k2`, for estimates `buyer`, and their sums; less those of marked hours.
 * @param ids which of the sums; all if not said
 */
export function rollupRows(
  table: keyof typeof tables,
  reading: RollupReading,
  ids = tables[table].ids,
): Fragment {
  const { dimension, keys, spans, byDate, marks } = reading;
  const { more } = tables[table];
  const at = dimension === 'quarter' ? sql`(r.slot + r.key::int * interval '1 minute')` : sql`r.slot`;
  const selected = (sign: '' | '-') =>
    sql`${keysAt(keys, sql`r.key`, at)}${more}, ${columns('r', ids, sign)}`;
  const { months, days, hours } = byDate ? byDate.ends : spans;
  const within = (tier: string) => (span: Span) =>
    sql`
      select ${selected('')} from ${sql.table(`${table}_${tier}`)} r
      where r.dimension = ${dimension} and ${isWithin(span)} and ${isWanted(reading, sql`r.key`)}`;
  const outdated = sql`
      select ${selected('-')} from ${sql.table(`${table}_hour`)} r
      where r.dimension = ${dimension} and r.slot = any(${marks}::timestamptz[]) and ${isWanted(reading, sql`r.key`)}`;
  const selects = [
    ...months.map(within('month')),
    ...days.map(within('day')),
    ...hours.map(within('hour')),
    ...(marks.length > 0 ? [outdated] : []),
    ...(byDate ? rowsByDate(table, reading, byDate) : []),
  ];
  return sql.join(selects, sql` union all `);
}

/** Keys `k1` and `k2` of what has this field and this time. */
export function keysAt(keys: RollupKey[], field: Fragment, at: Fragment): Fragment {
  return named(keys.map((key) => (key === 'key' ? field : key.bucket(at))));
}

export function isWanted({ only }: RollupReading, key: Fragment): Fragment {
  return only === undefined ? sql`true` : only === null ? sql`${key} is null` : sql`${key} = ${only}`;
}

/**
 * Steps that {@link rollupRows} by date rest on: the keys of each day, worked out once, since clocks of zones would take
 * a third of the whole question if they were asked for each row; and the stray hours, since planning takes long over
 * a constant of two thousand instants.
 */
export function dateSteps(keys: RollupKey[], { days, stray }: WholeDays): Fragment {
  const hours = `{${stray.map((hour) => hour.toISOString()).join()}}`;
  return sql`
    days as materialized (
      select slot, ${keysAt(keys, sql`null::text`, noon(sql`slot`))}
      from generate_series(${instant(days.start)}, ${instant(days.end - 1)}, interval '24 hours') slot
    ),
    stray as materialized (select ${hours}::timestamptz[] as slots)`;
}

/**
 * Rows by date without reading each hour, for estimates a hundred thousand a year: a day of UTC counts for the date of its
 * noon, less its stray hours, which count for theirs.
 */
function rowsByDate(
  table: keyof typeof tables,
  reading: RollupReading,
  { days, stray }: WholeDays,
): Fragment[] {
  const { dimension, keys } = reading;
  const { ids, more, sums } = tables[table];
  const dayKeys = named(keys.map((key, i) => (key === 'key' ? sql`r.key` : sql.ref(`d.k${i + 1}`))));
  const day = sql`
      select ${dayKeys}${more}, ${columns('r', ids)} from ${sql.table(`${table}_day`)} r join days d on d.slot = r.slot
      where r.dimension = ${dimension} and ${isWithin(days)} and ${isWanted(reading, sql`r.key`)}`;
  if (stray.length === 0) return [day];
  const signed = sql.join(ids.map((id) => sql`m.sign * ${sql.ref(`r.${id}`)}`));
  const dayOf = sql`date_trunc('day', r.slot, 'UTC')`;
  const moved = sql`
      select ${keysAt(keys, sql`r.key`, sql`m.at`)}${more}, ${signed}
      from (
        select min(r.slot) as slot, r.key${more}, ${sums} from ${sql.table(`${table}_hour`)} r
        where r.dimension = ${dimension} and r.slot = any((select slots from stray)::timestamptz[])
          and ${isWanted(reading, sql`r.key`)}
        group by ${dayOf}, r.key${more}
      ) r cross join lateral (values (r.slot, 1), (${noon(dayOf)}, -1)) m(at, sign)`;
  return [day, moved];
}

/** Columns that are named so, as they are, negated, or summed. */
export function columns(alias: string, ids: readonly string[], how: '' | '-' | 'sum' = ''): Fragment {
  return sql.join(
    ids.map((id) => {
      const column = sql.ref(`${alias}.${id}`);
      return sql`${how === 'sum' ? sql`sum(${column})` : sql`${sql.raw(how)}${column}`} as ${sql.ref(id)}`;
    }),
  );
}

export function instant(ms: number): Fragment {
  return sql`${new Date(ms).toISOString()}::timestamptz`;
}

function named([k1 = sql`null::text`, k2 = sql`null::text`]: Fragment[]): Fragment {
  return sql`${k1} as k1, ${k2} as k2`;
}

function isWithin({ start, end }: Span): Fragment {
  return sql`r.slot >= ${instant(start)} and r.slot < ${instant(end)}`;
}

function noon(day: Fragment): Fragment {
  return sql`(${day} + interval '12 hours')`;
}
