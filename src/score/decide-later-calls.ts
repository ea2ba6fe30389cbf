import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { decideAgain } from '../db/decide-again.ts';
import { type Rounds, startRounds } from '../lib/rounds.ts';

const pollMs = 1_000;
const batch = 500;
/**
 * Which calls have an outcome that may be another now, or are about to get one. Of a call that was judged before its last
 * run failed, an outcome stands; one that never was judged gets none by this.
 */
const isTouched = sql`(s.state in ('running', 'done') or (s.state = 'failed' and later.evaluation_id is not null))
  and s.error_code is distinct from 'interrupted'`;

/**
 * Has calls decided again whose outcome hangs on an earlier call of the same caller (`duplicate_within_days`), when such
 * a call came late, became another one, or went away. By the answers that stand: no judge is asked.
 */
export function startDecidingLaterCalls(deps: { db: Database; onError: (error: unknown) => void }): Rounds {
  return startRounds({
    async round(signal) {
      while (!signal.aborted && (await decideLaterCalls(deps.db)) === batch);
    },
    pollMs,
    onError: deps.onError,
  });
}

/**
 * Works off marks of earlier calls (0023_late_calls.sql): a mark touches the calls of the same caller and buyer after
 * it, up to the next connected one, whose own place hides it from all that follow.
 *
 * Rows are updated one by one: the webhook locks those of a batch in no order, and each would wait for the other. A
 * crash on the way does the same once more.
 * @returns how many marks there were, at most a batch
 */
export async function decideLaterCalls(db: Database): Promise<number> {
  const { rows: marks } = await sql<{ id: string }>`
    select id from earlier_call_mark order by id limit ${batch}`.execute(db);
  if (marks.length === 0) return 0;
  const ids = marks.map(({ id }) => id);
  const { rows: touched } = await sql<{ id: string }>`
    select distinct later.id
    from earlier_call_mark m
    cross join lateral (
      select c.id, c.evaluation_id from call c
      where c.caller_id = m.caller_id and c.buyer_name = m.buyer_name and c.erasure_id is null
        and c.call_at > m.call_at and c.call_at <= coalesce((
          select b.call_at from call b
          where b.caller_id = m.caller_id and b.buyer_name = m.buyer_name and b.connected and not b.is_test
            and b.call_at > m.call_at
          order by b.call_at limit 1), 'infinity')
    ) later
    join call_stage s on s.call_id = later.id and s.stage = 'score'
    where m.id = any(${ids}::bigint[]) and ${isTouched}
    order by later.id`.execute(db);
  for (const { id } of touched)
    await sql`
      update call_stage s set ${sql.raw(decideAgain)}
      from call later where s.call_id = ${id} and s.stage = 'score' and later.id = s.call_id and ${isTouched}`.execute(
      db,
    );
  await sql`delete from earlier_call_mark where id = any(${ids}::bigint[])`.execute(db);
  return marks.length;
}
