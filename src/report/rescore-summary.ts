import { sql } from 'kysely';
import type { RescoreSummaryBody } from '../contract/rescores.ts';
import type { Database } from '../db/database.ts';
import { type DisagreementKind, disagreementKinds } from '../domain/disagreement.ts';

type Side = { calls: number; money: string | null };
type Money = RescoreSummaryBody['money'][number];

/** What each disagreement costs, as in docs/reports.md: the call's own money, or an average of its buyer. */
const stakes: Record<DisagreementKind, { money: string; estimated: boolean }> = {
  billed_not_qualified: { money: 'c.revenue', estimated: false },
  qualified_not_billed: { money: 'p.price', estimated: true },
  sale_heard_not_reported: { money: 'p.sale', estimated: true },
  sale_reported_not_heard: { money: 'c.sale_amount', estimated: false },
};

/** What publishing a rescore would change, in calls and money; after publishing: what it changed. */
export async function summarizeRescore(db: Database, id: string): Promise<RescoreSummaryBody> {
  const [totals, skipped, changes, money] = await Promise.all([
    countTotals(db, id),
    countSkipped(db, id),
    countChanges(db, id),
    weighMoney(db, id),
  ]);
  return { ...totals, skipped, changes, money };
}

const judged = sql`r.evaluation_id is not null`;

async function countTotals(db: Database, id: string) {
  const { rows } = await sql<{ judged: number; changed: number }>`
    select count(*) filter (where ${judged}) as judged, count(*) filter (where r.changed <> '{}') as changed
    from rescore_result r where r.rescore_id = ${id}`.execute(db);
  return rows[0]!;
}

async function countSkipped(db: Database, id: string) {
  const { rows } = await sql<{ why: string; calls: number }>`
    select skipped as why, count(*) as calls from rescore_result
    where rescore_id = ${id} and skipped is not null group by skipped order by calls desc, why limit 100`.execute(
    db,
  );
  return rows;
}

async function countChanges(db: Database, id: string) {
  const { rows } = await sql<RescoreSummaryBody['changes'][number]>`
    select f.field, r.before ->> f.field as before, r.after ->> f.field as after, count(*) as calls
    from rescore_result r cross join (values ('reached'), ('prospect'), ('result'), ('billable')) f (field)
    where r.rescore_id = ${id} and r.changed <> '{}'
      and (r.before ->> f.field) is distinct from (r.after ->> f.field)
    group by 1, 2, 3 order by calls desc, 1, 2, 3`.execute(db);
  return rows;
}

async function weighMoney(db: Database, id: string): Promise<Money[]> {
  const sides = disagreementKinds.flatMap((kind) => [side(kind, 'before'), side(kind, 'after')]);
  const { rows } = await sql<{
    currency: string;
    reported_revenue: string;
    no_longer_billable: Side;
    newly_billable: Side;
    sides: Record<string, Side>;
  }>`
    with price as (
      -- averages over the same range as the results, as reports take them over their period
      select c.buyer_name, n.currency,
        avg(c.revenue) filter (where c.reported_billed) as price,
        avg(c.sale_amount) filter (where c.sale_amount > 0) as sale
      from rescore s
      join call c on not c.is_test
        and (s.from_at is null or c.call_at >= s.from_at) and (s.to_at is null or c.call_at < s.to_at)
        and (s.connection_id is null or c.connection_id = s.connection_id)
      join connection n on n.id = c.connection_id
      where s.id = ${id} group by c.buyer_name, n.currency
    )
    select n.currency, coalesce(sum(c.revenue), 0)::text as reported_revenue,
      json_build_object(
        'calls', count(*) filter (where r.before ->> 'billable' <> 'no' and r.after ->> 'billable' = 'no'),
        'money', coalesce(sum(c.revenue) filter (where r.before ->> 'billable' <> 'no' and r.after ->> 'billable' = 'no'), 0)::text
      ) as no_longer_billable,
      json_build_object(
        'calls', count(*) filter (where r.before ->> 'billable' is distinct from 'yes' and r.after ->> 'billable' = 'yes'),
        'money', coalesce(sum(c.revenue) filter (where r.before ->> 'billable' is distinct from 'yes' and r.after ->> 'billable' = 'yes'), 0)::text
      ) as newly_billable,
      json_build_object(${sql.join(sides)}) as sides
    from rescore_result r
    join call c on c.id = r.call_id
    join connection n on n.id = c.connection_id
    left join price p on p.buyer_name is not distinct from c.buyer_name and p.currency = n.currency
    where r.rescore_id = ${id} and ${judged}
    group by n.currency order by n.currency`.execute(db);
  return rows.map(({ sides: found, ...row }) => ({
    ...row,
    disagreements: disagreementKinds.map((kind) => ({
      kind,
      before: found[`${kind} before`]!,
      after: found[`${kind} after`]!,
      estimated: stakes[kind].estimated,
    })),
  }));
}

function side(kind: DisagreementKind, when: 'before' | 'after') {
  const has = sql`${kind} = any(${sql.ref(`r.disagreements_${when}`)})`;
  const sum = sql`sum(${sql.raw(stakes[kind].money)}) filter (where ${has})`;
  return sql`${`${kind} ${when}`}::text, json_build_object('calls', count(*) filter (where ${has}),
    'money', (case when count(*) filter (where ${has}) = 0 then 0 else round(${sum}, 2) end)::text)`;
}
