import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { measureColumns, measureIds, sumMeasures } from './measures.ts';
import { rollupKeys } from './rollup-dimensions.ts';

const names = Object.keys(rollupKeys);
const tables = [
  { name: 'rollup', keys: ['key'], ids: measureIds as readonly string[] },
  {
    name: 'rollup_estimate',
    keys: ['key', 'buyer'],
    ids: ['qualified_not_billed', 'sale_heard_not_reported'],
  },
];
const steps = [
  { fine: 'hour', coarse: 'day' },
  { fine: 'day', coarse: 'month' },
];

/** The UTC months that a period touches, as its first and last moment. */
const whole = (from: Date, to: Date) => ({
  start: sql`date_trunc('month', ${from}::timestamptz, 'UTC')`,
  end: sql`date_trunc('month', ${to}::timestamptz - interval '1 microsecond', 'UTC') + interval '1 month'`,
});

/**
 * How many rows of days and months, in the months that the period touches, are not the sums of the rows below them.
 */
export async function countWrongSums(db: Database, from: Date, to: Date): Promise<number> {
  const { start, end } = whole(from, to);
  let wrong = 0;
  for (const { name, keys, ids } of tables) {
    for (const { fine, coarse } of steps) {
      const key = sql.join(keys.map((column) => sql.ref(column)));
      const slot = sql`date_trunc(${sql.lit(coarse)}, slot, 'UTC')`;
      const columns = (sign: '' | '-') =>
        sql.join(ids.map((id) => sql`${sql.raw(sign)}${sql.ref(id)} as ${sql.ref(id)}`));
      const place = sql`dimension = any(${names}) and slot >= ${start} and slot < ${end}`;
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from (
          select from (
            select dimension, ${slot} as slot, ${key}, ${columns('')} from ${sql.table(`${name}_${fine}`)} where ${place}
            union all
            select dimension, slot, ${key}, ${columns('-')} from ${sql.table(`${name}_${coarse}`)} where ${place}
          ) x group by dimension, slot, ${key}
          having ${sql.join(
            ids.map((id) => sql`sum(${sql.ref(`x.${id}`)}) <> 0`),
            sql` or `,
          )}
        ) w`.execute(db);
      wrong += rows[0]!.count;
    }
  }
  return wrong;
}

/** Sums the days and months anew that the period touches, from the hours. To be called under the lock of folding. */
export async function sumTiers(tx: Database, from: Date, to: Date): Promise<void> {
  const { start, end } = whole(from, to);
  const place = sql`dimension = any(${names}) and slot >= ${start} and slot < ${end}`;
  for (const { fine, coarse } of steps) {
    const slot = sql`date_trunc(${sql.lit(coarse)}, slot, 'UTC')`;
    for (const { name } of tables) {
      await sql`delete from ${sql.table(`${name}_${coarse}`)} where ${place}`.execute(tx);
    }
    await sql`
      insert into ${sql.table(`rollup_${coarse}`)} (dimension, slot, key, ${sql.join(measureIds.map((id) => sql.ref(id)))})
      select dimension, ${slot}, key, ${sumMeasures('x')} from (
        select dimension, slot, key, ${measureColumns('r')} from ${sql.table(`rollup_${fine}`)} r where ${place}
      ) x group by 1, 2, 3`.execute(tx);
    await sql`
      insert into ${sql.table(`rollup_estimate_${coarse}`)}
        (dimension, slot, key, buyer, qualified_not_billed, sale_heard_not_reported)
      select dimension, ${slot}, key, buyer, sum(qualified_not_billed), sum(sale_heard_not_reported)
      from ${sql.table(`rollup_estimate_${fine}`)} where ${place} group by 1, 2, 3, 4`.execute(tx);
  }
}
