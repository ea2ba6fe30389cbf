import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Database } from '../db/database.ts';

/** A call repeats an earlier one `e` of the same caller: the same campaign and buyer, within 30 days before. */
const repeats = (call: string) => sql<SqlBool>`exists (
  select from call e where e.caller_id = ${sql.ref(`${call}.caller_id`)} and e.call_at < ${sql.ref(`${call}.call_at`)}
    and e.call_at >= ${sql.ref(`${call}.call_at`)} - interval '30 days' and not e.is_test
    and e.campaign_name is not distinct from ${sql.ref(`${call}.campaign_name`)}
    and e.buyer_name is not distinct from ${sql.ref(`${call}.buyer_name`)})`;

/**
 * Notes which of the calls repeat an earlier one. A call that somebody else changes at this moment is left for the next
 * time, which the change marks.
 * @param chosen which calls `c`
 */
export async function findRepeats(tx: Database, chosen: RawBuilder<SqlBool>): Promise<void> {
  const { rows } = await sql<{ id: string; is_repeat: boolean }>`
    select id, is_repeat from (
      select c.id, c.is_repeat as was_repeat, ${repeats('c')} as is_repeat from call c where ${chosen}
    ) found where is_repeat <> was_repeat`.execute(tx);
  for (const isRepeat of [true, false]) {
    const ids = rows.filter((row) => row.is_repeat === isRepeat).map(({ id }) => id);
    if (ids.length === 0) continue;
    await sql`
      update call set is_repeat = ${isRepeat} where id in (
        select id from call where id = any(${ids}) order by connection_id, call_instance_id for update skip locked)
    `.execute(tx);
  }
}

/**
 * Marks the hours of later calls that repeat, or no longer repeat, one of the chosen: what comes late, or turns out to
 * have gone to another buyer, changes what the calls after it are.
 */
export async function markLaterRepeats(tx: Database, chosen: RawBuilder<SqlBool>): Promise<void> {
  await sql`
    insert into rollup_mark
    select distinct aria_hour(l.call_at) from call c
    join call l on l.caller_id = c.caller_id and l.call_at > c.call_at and l.call_at <= c.call_at + interval '30 days'
    where ${chosen} and l.is_repeat <> ${repeats('l')}`.execute(tx);
}
