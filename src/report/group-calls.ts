import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { measureIds, measures } from './measures.ts';
import { metrics } from './metrics.ts';
import type { Source } from './report-source.ts';
import { wilsonInterval } from './wilson.ts';

/** Metric id → value, as in BreakdownBody. */
export type Values = Record<string, number | string | null>;
/** Metric id of a rate → of how many, and its interval. */
export type Rates = Record<string, { n: number; low: number | null; high: number | null }>;

/** Metric id of a sum of money → how many calls it is about, and of how many of them the amount is known. */
export type Known = Record<string, { n: number; of: number }>;

export type Group = { values: Values; rates: Rates; known: Known };
export type KeyedGroup = Group & { key: string | null; thenKey: string | null };

export type CallGroups = {
  total: Group;
  groups: KeyedGroup[];
  /** Groups beyond the limit. */
  omitted: number;
};

type Row = Values & { k1: string | null; k2: string | null; is_total: number; group_count: number };

/** Largest groups first, or in the order of the key. */
export type KeyOrder = 'calls' | 'key';

export type Grouping = {
  source: Source;
  /** How the first and, within it, the second key is ordered. */
  order: [KeyOrder, KeyOrder];
  limit: number;
};

/** Whole cents are written out, and no digit that was given is lost: the same sum reads the same however it was added. */
function inCents(value: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`round((${value})::numeric, greatest(2, min_scale((${value})::numeric)))`;
}

const rated = metrics.flatMap(({ id, rate }) => (rate ? [{ id, ...rate }] : []));
const partial = metrics.flatMap(({ id, known }) => (known ? [{ id, ...known }] : []));
const selected = sql.join([
  ...metrics.map(
    ({ id, unit, value }) => sql`${unit === 'money' ? inCents(value) : value} as ${sql.ref(id)}`,
  ),
  ...rated.flatMap(({ id, of, by }) => [
    sql`${sql.ref(`m.${of}`)} as ${sql.ref(`${id} of`)}`,
    sql`${sql.ref(`m.${by}`)} as ${sql.ref(`${id} by`)}`,
  ]),
  ...partial.flatMap(({ id, n, of }) => [
    sql`${sql.ref(`m.${n}`)} as ${sql.ref(`${id} known`)}`,
    sql`${sql.ref(`m.${of}`)} as ${sql.ref(`${id} calls`)}`,
  ]),
]);
const summed = sql.join(
  measureIds.map((id) => {
    const sum = sql`coalesce(sum(p.${sql.ref(id)}), 0)`;
    return sql`${measures[id].sum ? sum : sql`${sum}::bigint`} as ${sql.ref(id)}`;
  }),
);
const zeros = sql.join(measureIds.map(() => sql`0`));
const ofPart = sql.join(measureIds.map((id) => sql.ref(`part.${id}`)));

/** A buyer's name as something that can be joined by; no buyer is called so. */
const named = (buyer: RawBuilder<unknown>) => sql`coalesce(${buyer}, e'\\x01')`;

/**
 * Calls of each buyer times what that buyer pays. Unknown, not 0, where no call is left that has a price: rows of marked
 * hours are taken off by rows that are negative.
 */
function atStake(count: string, price: string): { money: RawBuilder<unknown>; known: RawBuilder<unknown> } {
  const [n, each] = [sql`e.${sql.ref(count)}`, sql`w.${sql.ref(price)}`];
  const known = sql`sum(${n}) filter (where ${each} is not null)`;
  return { known, money: sql`case when ${known} > 0 then sum(${n} * ${each}) end` };
}

const notBilled = atStake('qualified_not_billed', 'price');
const notReported = atStake('sale_heard_not_reported', 'sale');

/** All metrics per group and in total, in one statement. */
export async function groupCalls(db: Database, { source, order, limit }: Grouping): Promise<CallGroups> {
  const orders = {
    calls: [sql`m.k1_calls desc, m.k1`, sql`m.calls desc, m.k2`],
    key: [sql`m.k1`, sql`m.k2`],
  };
  const { rows } = await sql<Row>`
    with ${source.steps},
    worth as (
      select buyer, sum(billed_money) / nullif(sum(billed), 0) as price, sum(sold_money) / nullif(sum(sold), 0) as sale
      from price group by buyer
    ), stake as (
      select e.k1, e.k2, ${notBilled.money} as not_billed, ${notBilled.known} as not_billed_known,
        ${notReported.money} as not_reported, ${notReported.known} as not_reported_known
      from estimate e join worth w on ${named(sql`w.buyer`)} = ${named(sql`e.buyer`)} group by e.k1, e.k2
    ), p as (
      select k1, k2, ${ofPart}, null::numeric as not_billed, 0 as not_billed_known,
        null::numeric as not_reported, 0 as not_reported_known from part
      union all
      select k1, k2, ${zeros}, not_billed, coalesce(not_billed_known, 0), not_reported, coalesce(not_reported_known, 0) from stake
    ), s as (
      select p.k1, p.k2, grouping(p.k1) as is_total, ${summed},
        round(sum(p.not_billed), 2) as qualified_not_billed_money,
        coalesce(sum(p.not_billed_known), 0)::bigint as qualified_not_billed_known,
        round(sum(p.not_reported), 2) as sale_heard_not_reported_money,
        coalesce(sum(p.not_reported_known), 0)::bigint as sale_heard_not_reported_known
      from p group by grouping sets ((p.k1, p.k2), ())
    ), m as (
      select s.*, sum(s.calls) over (partition by s.is_total, s.k1) as k1_calls from s where s.is_total = 1 or s.calls > 0
    )
    select m.k1::text as k1, m.k2::text as k2, m.is_total, (count(*) over ())::int - 1 as group_count, ${selected}
    from m order by m.is_total desc, ${orders[order[0]][0]!}, ${orders[order[1]][1]!} limit ${limit + 1}`.execute(
    db,
  );

  const [total, ...groups] = rows.map(({ k1, k2, is_total: _, group_count, ...columns }) => ({
    key: k1,
    thenKey: k2,
    group_count,
    ...readGroup(columns as Values),
  }));
  return {
    total: { values: total!.values, rates: total!.rates, known: total!.known },
    groups: groups.map(({ key, thenKey, values, rates, known }) => ({ key, thenKey, values, rates, known })),
    omitted: total!.group_count - groups.length,
  };
}

function readGroup(columns: Values): Group {
  const rates = rated.map(({ id }) => {
    const n = Number(columns[`${id} by`]);
    return [id, { n, ...wilsonInterval(Number(columns[`${id} of`]), n) }];
  });
  const values = metrics.map(({ id }) => [id, columns[id] ?? null]);
  const known = partial.map(({ id }) => {
    return [id, { n: Number(columns[`${id} known`]), of: Number(columns[`${id} calls`]) }] as const;
  });
  return {
    values: Object.fromEntries(values),
    rates: Object.fromEntries(rates),
    known: Object.fromEntries(known),
  };
}
