import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { estimateRows } from './row-estimate.ts';

type Condition = RawBuilder<SqlBool>;

/** A call and its time as PostgreSQL writes it, to the microsecond: its place in the list. */
export type PlacedCall = { id: string; place: string };

/** So many of the newest calls are read word by word before the index is asked: 10 to 20 ms. */
const lookedAtFirst = 1_000;

/**
 * The newest calls that fit, with their places. What is said often is found among the newest calls, read word by word; what
 * is rare, by the index. How often is seen from the newest calls: the planner does not know, and would read every call
 * for a word that nobody said, or every place of everyday words for a phrase of them.
 */
export async function newestThatSay(
  db: Database,
  filter: Condition,
  says: Condition,
  limit: number,
): Promise<PlacedCall[]> {
  let depth = lookedAtFirst;
  let candidates: number | null = null;
  for (;;) {
    const { looked, found } = await readNewest(db, filter, says, limit, depth);
    if (found.length === limit || looked < depth) return found;
    candidates ??= await estimateRows(db, sql`select 1 from transcript_words s where ${says}`);
    const needed =
      found.length === 0 ? Number.POSITIVE_INFINITY : Math.ceil((1.5 * depth * limit) / found.length);
    if (needed > candidates) return readIndexed(db, filter, says, limit);
    depth = needed;
  }
}

/** Among the newest `depth` calls, without the index; it stops reading when it has enough. */
async function readNewest(
  db: Database,
  filter: Condition,
  says: Condition,
  limit: number,
  depth: number,
): Promise<{ looked: number; found: PlacedCall[] }> {
  const newest = sql`(select c.id, c.call_at from call c where ${filter}
    order by c.call_at desc, c.id desc limit ${sql.lit(depth)})`;
  const { rows } = await sql<PlacedCall>`
    select n.id, n.call_at::text as place from ${newest} n cross join lateral (
      select from transcript_words s where s.call_id = n.id and ${says} offset 0) said
    order by n.call_at desc, n.id desc limit ${limit}`.execute(db);
  if (rows.length === limit) return { looked: depth, found: rows };
  const { rows: counted } = await sql<{ n: number }>`select count(*) as n from ${newest} n`.execute(db);
  return { looked: counted[0]!.n, found: rows };
}

/** All that the index finds, then the newest of them. */
async function readIndexed(
  db: Database,
  filter: Condition,
  says: Condition,
  limit: number,
): Promise<PlacedCall[]> {
  const { rows } = await sql<PlacedCall>`
    with said as materialized (select s.call_id from transcript_words s where ${says})
    select c.id, c.call_at::text as place from said join call c on c.id = said.call_id where ${filter}
    order by c.call_at desc, c.id desc limit ${limit}`.execute(db);
  return rows;
}
