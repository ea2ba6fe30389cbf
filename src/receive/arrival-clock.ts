import { sql } from 'kysely';
import type { Database } from '../db/database.ts';

/** Gives each accepted request its place in time: microseconds since 1970, strictly rising within this process. */
export type ArrivalClock = () => number;

/**
 * Counts by the database's clock, so that several Aria processes order the events of a call alike even where
 * their own clocks differ. Commit order would not do: two flushes may commit in either order.
 */
export async function startArrivalClock(db: Database): Promise<ArrivalClock> {
  const asked = performance.now();
  const { rows } = await sql<{ now: number }>`
    select (extract(epoch from clock_timestamp()) * 1e6)::bigint as now`.execute(db);
  const base = rows[0]!.now;
  let last = 0;
  return () => {
    const now = base + Math.round((performance.now() - asked) * 1000);
    last = Math.max(last + 1, now);
    return last;
  };
}
