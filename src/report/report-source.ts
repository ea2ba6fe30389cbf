import { type RawBuilder, sql } from 'kysely';
import { contributions, contributionsTo, measureColumns, reviewsJoin, sumMeasures } from './measures.ts';
import { type RollupDimension, rollupKeys } from './rollup-dimensions.ts';
import {
  columns,
  dateSteps,
  instant,
  isWanted,
  keysAt,
  type RollupReading,
  rollupRows,
} from './rollup-rows.ts';
import { joinHours, type Spans } from './rollup-spans.ts';

type Fragment = RawBuilder<unknown>;

/**
 * Where a report's sums come from, as steps of one statement:
 * - `part`: keys `k1`, `k2` and a column per measure; any number of rows per group
 * - `estimate`: `k1`, `k2`, `buyer` and how many of the calls are worth what the buyer pays elsewhere
 * - `price`: what a buyer paid for how many calls in the whole period, as `billed_money` … `sold`; any number of rows
 */
export type Source = { steps: Fragment; from: 'rollups' | 'calls' };

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
  const [k1 = sql`null::text`, k2 = sql`null::text`] = keys;
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

/**
 * From rollups, corrected by the calls of marked hours and of the period's ragged ends.
 * @param priceSpans the same period, cut as coarsely as can be
 */
export function rollupSource(question: RollupReading & { priceSpans: Spans }): Source {
  const { dimension, keys, spans, priceSpans, byDate, marks } = question;
  const liveKeys = keysAt(keys, sql`l.key`, sql`l.call_at`);
  const isLiveWanted = isWanted(question, sql`l.key`);
  const steps = sql`
    ${byDate ? sql`${dateSteps(keys, byDate)},` : sql``}
    ${liveStep(spans, dimension, marks)},
    part as (
      ${rollupRows('rollup', question)}
      union all
      select ${liveKeys}, ${measureColumns('l')} from live l where ${isLiveWanted}
    ),
    estimate as (
      ${rollupRows('rollup_estimate', question)}
      union all
      select ${liveKeys}, l.buyer, l.qualified_not_billed, l.sale_heard_not_reported from live l
      where ${isLiveWanted} and l.qualified_not_billed + l.sale_heard_not_reported > 0
    ),
    ${priceStep(priceSpans, marks)}`;
  return { steps, from: 'rollups' };
}

/** Prices from rollups, for a question that is answered from the calls. */
export function rollupPrices(spans: Spans, marks: Date[]): Fragment {
  return sql`${liveStep(spans, 'all', marks)}, ${priceStep(spans, marks)}`;
}

/**
 * Prices of one buyer as rows of `billed_money` … `sold`, from rollups; of calls only his own are read, by their index:
 * `offset 0` has each stretch looked up by itself, else all his calls of all years are read and held against each.
 * @param spans a period of more than an hour
 * @param buyer null: of calls without one
 */
export function pricesOfBuyer(buyer: string | null, spans: Spans, marks: Date[]): Fragment {
  const reading: RollupReading = {
    dimension: 'buyer',
    only: buyer,
    keys: [],
    spans,
    byDate: null,
    marks,
  };
  const stretches = [...joinHours(marks), ...spans.rest];
  const times = (end: 'start' | 'end') => stretches.map((span) => new Date(span[end]));
  return sql`
    select ${columns('r', priceIds)} from (${rollupRows('rollup', reading, priceIds)}) r
    union all
    select l.* from unnest(${times('start')}::timestamptz[], ${times('end')}::timestamptz[]) s(start, stop)
    cross join lateral (
      select ${contributionsTo(priceIds)} from call c
      where ${isWanted(reading, sql`c.buyer_name`)} and c.call_at >= s.start and c.call_at < s.stop and not c.is_test
      offset 0
    ) l`;
}

function priceStep(spans: Spans, marks: Date[]): Fragment {
  const reading: RollupReading = { dimension: 'buyer', keys: ['key'], spans, byDate: null, marks };
  return sql`
    price as (
      select r.k1 as buyer, ${columns('r', priceIds)} from (${rollupRows('rollup', reading, priceIds)}) r
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
