import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { newestThatSay, type PlacedCall } from './newest-that-say.ts';
import { searchCondition } from './search-condition.ts';
import type { SearchNode } from './search-query.ts';
import { searchRank } from './search-rank.ts';

/** So many calls are ranked, the newest that fit: to rank all that say an everyday word would take seconds. */
export const rankedAtMost = 500;

/** What the next page goes on from: the last call's rank and place, and the newest call of the first page's set. */
type After = { rank: string; place: string; newest: PlacedCall };
type RankedRow = { id: string; place: string; rank: string };

/**
 * A page of the calls that say most of what was looked for, of the newest `rankedAtMost` that fit. Calls that come
 * in between two pages do not join the set.
 * @param ranked how many calls were ranked, and whether those are all that fit
 * @throws InvalidQuery
 */
export async function bestThatSay(
  db: Database,
  filter: RawBuilder<SqlBool>,
  search: SearchNode,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ ids: string[]; next: string | null; ranked: { calls: number; all: boolean } }> {
  const position = decodeCursor('search-rank', cursor);
  const after = position && (JSON.parse(position.at) as After);
  const within = after
    ? sql<boolean>`${filter} and (c.call_at, c.id) <= (${after.newest.place}::timestamptz, ${after.newest.id})`
    : filter;
  const found = await newestThatSay(db, within, searchCondition(search), rankedAtMost + 1);
  const ranked = found.slice(0, rankedAtMost);
  const further = after
    ? sql`(rank, call_at, id) < (${after.rank}::float4, ${after.place}::timestamptz, ${position.id})`
    : sql`true`;
  const { rows } = await sql<RankedRow>`
    with ranked as materialized (
      select c.id, c.call_at, ${searchRank(search)} as rank
      from call c join transcript_words s on s.call_id = c.id where c.id = any(${ranked.map(({ id }) => id)}))
    select id, call_at::text as place, rank::text as rank
    from ranked where ${further} order by rank desc, call_at desc, id desc limit ${limit + 1}`.execute(db);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last;
  const newest = after?.newest ?? ranked[0];
  return {
    ids: shown.map(({ id }) => id),
    next: more
      ? encodeCursor('search-rank', {
          at: JSON.stringify({ rank: last.rank, place: last.place, newest }),
          id: last.id,
        })
      : null,
    ranked: { calls: ranked.length, all: found.length <= rankedAtMost },
  };
}
