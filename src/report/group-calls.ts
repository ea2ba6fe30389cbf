import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { all, type CallConditions } from './call-filters.ts';
import { aggregate, measureIds, measures } from './measures.ts';
import { metrics } from './metrics.ts';

/** Metric id → value, as in BreakdownBody. */
export type Values = Record<string, number | string | null>;

export type CallGroups = {
  total: Values;
  groups: { key: string | null; values: Values }[];
  /** Groups beyond the limit. */
  omitted: number;
};

type GroupRow = Values & { key: string | null; is_total: number; group_count: number };

export type Grouping = {
  conditions: CallConditions;
  /** What calls `c` are grouped by. */
  key: RawBuilder<unknown>;
  /** Largest groups first, or in the order of the key. */
  order: 'calls' | 'key';
  limit: number;
};

const sums = measureIds.map((id) => sql`sum(p.${sql.ref(id)})${wholeIfCount(id)} as ${sql.ref(id)}`);
const selected = metrics.map((metric) => sql`${metric.value} as ${sql.ref(metric.id)}`);

/**
 * All metrics per group and in total, in one pass over the calls. They are grouped by key and buyer first: that
 * is small, and enough to know each buyer's average price, which the estimates need.
 */
export async function groupCalls(db: Database, grouping: Grouping): Promise<CallGroups> {
  const { facts, findings } = grouping.conditions;
  const among = sql`c.matches`;
  const aggregates = measureIds.map((id) => sql`${aggregate(measures[id], among)} as ${sql.ref(id)}`);
  const order = grouping.order === 'calls' ? sql`m.calls desc, m.key` : sql`m.key`;

  const { rows } = await sql<GroupRow>`
    with g as (
      select c.key, c.buyer_name, ${sql.join(aggregates)},
        sum(c.revenue) filter (where c.reported_billed) as price_sum,
        count(*) filter (where c.reported_billed) as price_count,
        sum(c.sale_amount) filter (where c.sale_amount > 0) as sale_sum,
        count(*) filter (where c.sale_amount > 0) as sale_count
      from (
        select c.*, ${grouping.key} as key, (${all(findings)}) as matches
        from call c where not c.is_test and ${all(facts)}
      ) c
      group by c.key, c.buyer_name
    ), p as (
      select g.*, sum(price_sum) over buyer / nullif(sum(price_count) over buyer, 0) as price,
        sum(sale_sum) over buyer / nullif(sum(sale_count) over buyer, 0) as sale
      from g window buyer as (partition by buyer_name)
    ), m as (
      select p.key, grouping(p.key) as is_total, ${sql.join(sums)},
        round(sum(p.qualified_not_billed * p.price) filter (where p.qualified_not_billed > 0), 2)
          as qualified_not_billed_money,
        round(sum(p.sale_heard_not_reported * p.sale) filter (where p.sale_heard_not_reported > 0), 2)
          as sale_heard_not_reported_money
      from p group by grouping sets ((p.key), ())
    )
    select m.key::text as key, m.is_total, count(*) over () - 1 as group_count, ${sql.join(selected)}
    from m where m.is_total = 1 or m.calls > 0
    order by m.is_total desc, ${order} limit ${grouping.limit + 1}`.execute(db);

  const [total, ...groups] = rows.map(({ key, is_total: _, group_count, ...values }) => {
    return { key, group_count, values: values as Values };
  });
  return {
    total: emptyToZero(total!.values),
    groups: groups.map(({ key, values }) => ({ key, values })),
    omitted: total!.group_count - groups.length,
  };
}

function wholeIfCount(id: (typeof measureIds)[number]): RawBuilder<unknown> {
  return measures[id].sum ? sql`` : sql`::bigint`;
}

/** Over no calls at all, PostgreSQL's sum of counts is null; a count of nothing is 0. */
function emptyToZero(values: Values): Values {
  const counts = metrics.filter((metric) => metric.unit === 'count');
  return { ...values, ...Object.fromEntries(counts.map(({ id }) => [id, values[id] ?? 0])) };
}
