import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Database } from '../db/database.ts';

/** A call that repeats or no longer repeats an earlier one, other than its row says. */
type Changed = { id: string; slot: Date; repeats: boolean };

/**
 * Decides anew which calls repeat an earlier one of the same caller: the same campaign and buyer, within the 30 days
 * before. Calls of these hours are put right; the hours of later ones are marked, since what comes late, or turns out to
 * have gone to another buyer, changes what the calls after it are. A call that somebody else changes at this moment is left
 * for the next time, which the change marks.
 * @param hours in order, at least one; `chosen` says which calls `c` are theirs
 */
export async function noteRepeats(tx: Database, hours: Date[], chosen: RawBuilder<SqlBool>): Promise<void> {
  const rows = await findChanged(tx, hours, chosen);
  const own = new Set(hours.map((hour) => hour.getTime()));
  const here = rows.filter(({ slot }) => own.has(slot.getTime()));
  for (const repeats of [true, false]) {
    const ids = here.filter((row) => row.repeats === repeats).map(({ id }) => id);
    if (ids.length === 0) continue;
    await sql`
      update call set is_repeat = ${repeats} where id in (
        select id from call where id = any(${ids}) order by connection_id, call_instance_id for update skip locked)
    `.execute(tx);
  }
  // these hours are about to be summed: that their calls were just put right is no news
  await sql`
    delete from rollup_mark where slot = any(${hours}::timestamptz[]) and xmin = pg_current_xact_id()::xid
  `.execute(tx);
  const later = rows.filter(({ slot }) => !own.has(slot.getTime())).map(({ slot }) => slot);
  if (later.length > 0)
    await sql`insert into rollup_mark (slot) select distinct unnest(${later}::timestamptz[])`.execute(tx);
}

/** One pass over the calls of each caller: to compare each with those before takes minutes where a number calls thousands of times. */
async function findChanged(tx: Database, hours: Date[], chosen: RawBuilder<SqlBool>): Promise<Changed[]> {
  const [first, last] = [hours[0]!, hours.at(-1)!];
  const { rows } = await sql<Changed>`
    select id, aria_hour(call_at) as slot, repeats from (
      select o.id, o.call_at, o.is_repeat, first_value(o.call_at) over earlier < o.call_at as repeats
      from (select distinct c.caller_id from call c where ${chosen} and c.caller_id is not null) k
      -- "offset 0": by the index of callers, one by one, whatever the planner thinks of so many
      cross join lateral (
        select o.id, o.call_at, o.caller_id, o.campaign_name, o.buyer_name, o.is_repeat
        from call o where o.caller_id = k.caller_id and not o.is_test and o.call_at >= ${first}::timestamptz - interval '30 days'
          and o.call_at < ${last}::timestamptz + interval '30 days 1 hour'
        offset 0
      ) o
      window earlier as (
        partition by o.caller_id, o.campaign_name, o.buyer_name order by o.call_at
        range between interval '30 days' preceding and current row)
    ) found where repeats <> is_repeat and call_at >= ${first}`.execute(tx);
  return rows;
}
