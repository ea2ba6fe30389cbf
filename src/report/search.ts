import { sql } from 'kysely';
import type { z } from 'zod';
import type { SearchHitBody, searchCalls as searchRoute } from '../contract/search.ts';
import type { Database } from '../db/database.ts';
import type { Turn } from '../domain/transcript.ts';
import { all, callConditions } from './call-filters.ts';
import { type ReferenceRow, referenceColumns, toReference } from './call-reference.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { readPeriod } from './period.ts';
import { searchCondition } from './search-condition.ts';
import type { SameStem } from './search-match.ts';
import { parseSearch, positiveLeaves, type SearchLeaf } from './search-query.ts';
import { makeSnippets } from './search-snippets.ts';
import { searchWords } from './search-words.ts';

export type SearchQuery = z.infer<(typeof searchRoute)['query']>;

type HitRow = ReferenceRow & { turns: Turn[]; simulated: boolean };

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
  const conditions = [sql<boolean>`not c.is_test`, ...facts, ...findings, searchCondition(search)];
  const after = decodeCursor('search', query.cursor);
  if (after) conditions.push(sql`(c.call_at, c.id) < (${after.at}::timestamptz, ${after.id})`);
  const { rows } = await sql<HitRow>`
    with page as materialized (
      select c.* from transcript_words s join call c on c.id = s.call_id
      where ${all(conditions)}
      order by c.call_at desc, c.id desc limit ${query.limit + 1}
    )
    select ${referenceColumns}, t.turns, t.simulated
    from page c join connection cn on cn.id = c.connection_id join transcript t on t.call_id = c.id
    order by c.call_at desc, c.id desc`.execute(db);

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
