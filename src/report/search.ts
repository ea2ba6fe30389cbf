import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { z } from 'zod';
import type { SearchHitBody, searchCalls as searchRoute } from '../contract/search.ts';
import type { Database } from '../db/database.ts';
import type { Turn } from '../domain/transcript.ts';
import { all, callConditions } from './call-filters.ts';
import { type ReferenceRow, referenceColumns, toReference } from './call-reference.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { readPeriod } from './period.ts';
import { estimateRows } from './row-estimate.ts';
import { searchCondition } from './search-condition.ts';
import type { SameStem } from './search-match.ts';
import { parseSearch, positiveLeaves, type SearchLeaf } from './search-query.ts';
import { makeSnippets } from './search-snippets.ts';
import { searchWords } from './search-words.ts';

export type SearchQuery = z.infer<(typeof searchRoute)['query']>;

type Condition = RawBuilder<SqlBool>;
type HitRow = ReferenceRow & { turns: Turn[]; simulated: boolean };

/** So many of the newest calls are read word by word before the index is asked: 10 to 20 ms. */
const lookedAtFirst = 1_000;

/**
 * A page of calls on which something was said, newest first, with the places where it was. `time_zone` absent
 * means UTC: callers put their default.
 * @throws InvalidQuery
 */
export async function searchCalls(
  db: Database,
  query: SearchQuery,
): Promise<{ items: SearchHitBody[]; next: string | null }> {
  const search = parseSearch(query.q);
  const { facts, findings } = callConditions(query, readPeriod(query));
  const conditions = [sql<boolean>`not c.is_test`, ...facts, ...findings];
  const after = decodeCursor('search', query.cursor);
  if (after) conditions.push(sql`(c.call_at, c.id) < (${after.at}::timestamptz, ${after.id})`);
  const found = await findNewest(db, all(conditions), searchCondition(search), query.limit + 1);
  const { rows } = await sql<HitRow>`
    select ${referenceColumns}, t.turns, t.simulated
    from call c join connection cn on cn.id = c.connection_id join transcript t on t.call_id = c.id
    where c.id = any(${found}) order by c.call_at desc, c.id desc`.execute(db);

  const shown = rows.slice(0, query.limit);
  const leaves = positiveLeaves(search);
  const sameStem = await findForms(db, leaves, shown);
  const last = shown.at(-1);
  const more = rows.length > query.limit && last;
  return {
    items: shown.map((row) => ({
      ...toReference(row),
      simulated_transcript: row.simulated,
      ...makeSnippets(row.turns, leaves, sameStem),
    })),
    next: more ? encodeCursor('search', { at: last.place, id: last.call_id }) : null,
  };
}

/**
 * The newest calls that fit, by their ids. What is said often is found among the newest calls, read word by word; what
 * is rare, by the index. How often is seen from the newest calls: the planner does not know, and would read every call
 * for a word that nobody said, or every place of everyday words for a phrase of them.
 */
async function findNewest(
  db: Database,
  filter: Condition,
  says: Condition,
  limit: number,
): Promise<string[]> {
  let depth = lookedAtFirst;
  let candidates: number | null = null;
  for (;;) {
    const { looked, ids } = await readNewest(db, filter, says, limit, depth);
    if (ids.length === limit || looked < depth) return ids;
    candidates ??= await estimateRows(db, sql`select 1 from transcript_words s where ${says}`);
    const needed =
      ids.length === 0 ? Number.POSITIVE_INFINITY : Math.ceil((1.5 * depth * limit) / ids.length);
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
): Promise<{ looked: number; ids: string[] }> {
  const newest = sql`(select c.id, c.call_at from call c where ${filter}
    order by c.call_at desc, c.id desc limit ${sql.lit(depth)})`;
  const { rows } = await sql<{ id: string }>`
    select n.id from ${newest} n cross join lateral (
      select from transcript_words s where s.call_id = n.id and ${says} offset 0) said
    order by n.call_at desc, n.id desc limit ${limit}`.execute(db);
  const ids = rows.map(({ id }) => id);
  if (ids.length === limit) return { looked: depth, ids };
  const { rows: counted } = await sql<{ n: number }>`select count(*) as n from ${newest} n`.execute(db);
  return { looked: counted[0]!.n, ids };
}

/** All that the index finds, then the newest of them. */
async function readIndexed(
  db: Database,
  filter: Condition,
  says: Condition,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with said as materialized (select s.call_id from transcript_words s where ${says})
    select c.id from said join call c on c.id = said.call_id where ${filter}
    order by c.call_at desc, c.id desc limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

/** Which of the words on these calls are forms of the words looked for, asked of the stemmer that made the index. */
async function findForms(db: Database, leaves: SearchLeaf[], rows: { turns: Turn[] }[]): Promise<SameStem> {
  const wanted = [...new Set(leaves.flatMap((leaf) => (leaf.kind === 'word' ? [leaf.text] : [])))];
  if (wanted.length === 0) return () => false;
  const said = new Set(rows.flatMap(({ turns }) => turns.flatMap(({ text }) => searchWords(text))));
  const { rows: forms } = await sql<{ word: string; wanted: string }>`
    with w as (select w, ts_lexize('aria_stem', w) as stem from unnest(${wanted}::text[]) w)
    select s as word, w.w as wanted
    from unnest(${[...said]}::text[]) s join w on w.stem = ts_lexize('aria_stem', s)`.execute(db);
  const pairs = new Set(forms.map(({ word, wanted: asked }) => `${word} ${asked}`));
  return (word, searched) => pairs.has(`${word} ${searched}`);
}
