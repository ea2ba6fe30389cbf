import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { Marked } from './fold-pace.ts';
import { contributions, measureColumns, measureIds, reviewsJoin, sumMeasures } from './measures.ts';
import { noteRepeats } from './note-repeats.ts';
import { rollupKeys } from './rollup-dimensions.ts';
import { joinHours } from './rollup-spans.ts';

/** So many hours are folded in one transaction: some ten thousand calls of a busy network. */
const hoursAtOnce = 24;
/** Reports read so many marked hours as calls; with more, reading all calls at once is quicker. */
export const mostMarks = 200;
/** Names the one who folds: two at once would each add what is missing. */
export const foldLock = sql`pg_advisory_xact_lock(hashtext('aria.rollup'))`;

const tiers = ['hour', 'day', 'month'] as const;

/**
 * Brings the rollups of marked hours up to date, oldest first: the calls of an hour are summed anew, what differs
 * from its rows is added to hour, day and month. A mark that is set meanwhile stays for the next time.
 * @returns how many hours were folded, and how many rows were wrong before
 */
export async function foldMarked(
  db: Database,
  limit = hoursAtOnce,
): Promise<{ hours: number; rows: number }> {
  const { hours, marks } = await db.transaction().execute((tx) => takeUp(tx, limit));
  if (hours.length === 0) return { hours: 0, rows: 0 };
  // in a transaction of its own: calls that were just noted as repeats must not stay locked while the hours are summed
  return db.transaction().execute(async (tx) => {
    await sql`select ${foldLock}`.execute(tx);
    // a day of a busy network has some fifteen thousand groups; with the usual 4 MB their sums go through files
    await sql`set local work_mem = '64MB'`.execute(tx);
    await sql`delete from rollup_mark where id = any(${marks}::bigint[])`.execute(tx);
    return { hours: hours.length, rows: await addMissing(tx, hours) };
  });
}

/** How much there is to fold, and of how many calls the next fold is. */
export async function lookAtMarks(db: Database, limit = hoursAtOnce): Promise<Marked> {
  const { rows } = await sql<{ hours: number; newest: string | null; oldest: Date[] | null }>`
    select count(*)::int as hours, max(newest)::text as newest,
      (array_agg(slot order by slot))[:${sql.lit(limit)}] as oldest
    from (select slot, max(id) as newest from rollup_mark group by slot) m`.execute(db);
  const { hours, newest, oldest } = rows[0]!;
  if (!oldest) return { hours, newest, calls: 0 };
  const { rows: counted } = await sql<{ calls: number }>`
    select count(*)::int as calls from call c where ${inHours(oldest)}`.execute(db);
  return { hours, newest, calls: counted[0]!.calls };
}

/**
 * Leaves the newest mark of each hour. Every statement that writes calls adds its own, and reports read them all; while
 * folding waits they would become millions.
 */
export async function thinMarks(db: Database): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`select ${foldLock}`.execute(tx);
    await sql`
      delete from rollup_mark m using (select slot, max(id) as newest from rollup_mark group by slot) k
      where m.slot = k.slot and m.id < k.newest`.execute(tx);
  });
}

/** The oldest marked hours with their marks, once it is noted which of their calls repeat earlier ones. */
async function takeUp(tx: Database, limit: number): Promise<{ hours: Date[]; marks: string[] }> {
  const { rows: marked } = await sql<{ slot: Date }>`
    select distinct slot from rollup_mark order by slot limit ${limit}`.execute(tx);
  const hours = marked.map(({ slot }) => slot);
  if (hours.length === 0) return { hours, marks: [] };
  // before the calls are read: what changes after that has a mark that stays
  const { rows: marks } = await sql<{ id: string }>`
    select id::text from rollup_mark where slot = any(${hours}::timestamptz[])`.execute(tx);
  await noteRepeats(tx, hours, inHours(hours));
  return { hours, marks: marks.map(({ id }) => id) };
}

/** Calls `c` of these hours, as stretches with known ends: only so can the database choose the right index. */
function inHours(hours: Date[]): RawBuilder<SqlBool> {
  const spans = joinHours(hours).map(
    ({ start, end }) => sql<SqlBool>`(c.call_at >= ${new Date(start).toISOString()}::timestamptz
      and c.call_at < ${new Date(end).toISOString()}::timestamptz)`,
  );
  return sql`(${sql.join(spans, sql` or `)})`;
}

const names = Object.keys(rollupKeys);
const dimensionRows = sql.join(names.map((name) => sql`(${sql.lit(name)}, one.${sql.ref(`key_${name}`)})`));
const keyColumns = sql.join(
  Object.entries(rollupKeys).map(([name, key]) => sql`${key} as ${sql.ref(`key_${name}`)}`),
);

/** What the rows of the hours lack, as `missing` and `missing_estimate`, for a statement to go on with. */
const missing = (hours: Date[]) => sql`
  one as materialized (
    select aria_hour(c.call_at) as slot, c.buyer_name as buyer, ${keyColumns}, ${contributions}
    from call c ${reviewsJoin} where ${inHours(hours)} and not c.is_test
  ),
  missing as materialized (
    select dimension, slot, key, ${sumMeasures('x')} from (
      select d.dimension, one.slot, d.key, ${measureColumns('one')} from one
      cross join lateral (values ${dimensionRows}) d(dimension, key)
      union all
      select dimension, slot, key, ${measureColumns('r', '-')} from rollup_hour r
      where dimension = any(${names}) and slot = any(${hours}::timestamptz[])
    ) x group by dimension, slot, key
    having ${anyOf(measureIds.map((id) => sql`sum(${sql.ref(`x.${id}`)}) <> 0`))}
  ),
  missing_estimate as materialized (
    select dimension, slot, key, buyer, sum(qualified_not_billed) as qualified_not_billed,
      sum(sale_heard_not_reported) as sale_heard_not_reported
    from (
      select d.dimension, one.slot, d.key, one.buyer, one.qualified_not_billed, one.sale_heard_not_reported
      from one cross join lateral (values ${dimensionRows}) d(dimension, key)
      where one.qualified_not_billed + one.sale_heard_not_reported > 0
      union all
      select dimension, slot, key, buyer, -qualified_not_billed, -sale_heard_not_reported from rollup_estimate_hour
      where dimension = any(${names}) and slot = any(${hours}::timestamptz[])
    ) x group by dimension, slot, key, buyer
    having sum(qualified_not_billed) <> 0 or sum(sale_heard_not_reported) <> 0
  )`;

async function addMissing(tx: Database, hours: Date[]): Promise<number> {
  const columns = sql.join(measureIds.map((id) => sql.ref(id)));
  const added = (table: string, ids: readonly string[]) =>
    sql.join(
      ids.map((id) => sql`${sql.ref(id)} = ${sql.ref(`${table}.${id}`)} + ${sql.ref(`excluded.${id}`)}`),
    );
  const estimates = ['qualified_not_billed', 'sale_heard_not_reported'];
  const hourly = sql`select dimension, slot, key, ${measureColumns('missing')} from missing`;
  const puts = tiers.flatMap((tier) => {
    const slot = sql`date_trunc(${sql.lit(tier)}, slot, 'UTC')`;
    const [table, estimate] = [`rollup_${tier}`, `rollup_estimate_${tier}`];
    return [
      sql`${sql.ref(`put_${tier}`)} as (
        insert into ${sql.table(table)} (dimension, slot, key, ${columns})
        ${tier === 'hour' ? hourly : sql`select dimension, ${slot}, key, ${sumMeasures('missing')} from missing group by 1, 2, 3`}
        order by 1, 2, 3
        on conflict (dimension, slot, key) do update set ${added(table, measureIds)})`,
      sql`${sql.ref(`put_estimate_${tier}`)} as (
        insert into ${sql.table(estimate)} (dimension, slot, key, buyer, qualified_not_billed, sale_heard_not_reported)
        select dimension, ${slot}, key, buyer, sum(qualified_not_billed), sum(sale_heard_not_reported)
        from missing_estimate group by 1, 2, 3, 4 order by 1, 2, 3, 4
        on conflict (dimension, slot, key, buyer) do update set ${added(estimate, estimates)})`,
    ];
  });
  const { rows } = await sql<{ wrong: number }>`
    with ${missing(hours)}, ${sql.join(puts)}
    select (select count(*) from missing) + (select count(*) from missing_estimate) as wrong`.execute(tx);
  for (const tier of tiers) {
    const place = sql`dimension = any(${names}) and slot in (
      select date_trunc(${sql.lit(tier)}, slot, 'UTC') from unnest(${hours}::timestamptz[]) h(slot))`;
    await sql`delete from ${sql.table(`rollup_${tier}`)} where calls = 0 and ${place}`.execute(tx);
    await sql`delete from ${sql.table(`rollup_estimate_${tier}`)}
      where qualified_not_billed = 0 and sale_heard_not_reported = 0 and ${place}`.execute(tx);
  }
  return rows[0]!.wrong;
}

/**
 * Compares the rows of these hours with a recount, without changing any. Marked hours are left out: reports do not
 * use their rows.
 * @returns the hours that have wrong rows
 */
export async function findWrongHours(db: Database, hours: Date[]): Promise<Date[]> {
  const { rows } = await sql<{ slot: Date }>`
    with ${missing(hours)}
    select slot from (select slot from missing union select slot from missing_estimate) w
    where slot not in (select slot from rollup_mark) order by slot`.execute(db);
  return rows.map(({ slot }) => slot);
}

function anyOf(conditions: RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql.join(conditions, sql` or `);
}
