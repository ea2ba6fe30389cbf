import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { z } from 'zod';
import type { SearchBody, searchCalls as searchRoute } from '../contract/search.ts';
import type { Database } from '../db/database.ts';
import type { Turn } from '../domain/transcript.ts';
import { bestThatSay } from './best-that-say.ts';
import { all, callConditions } from './call-filters.ts';
import { type ReferenceRow, referenceColumns, toReference } from './call-reference.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { newestThatSay } from './newest-that-say.ts';
import { readPeriod } from './period.ts';
import { searchCondition } from './search-condition.ts';
import type { SameStem } from './search-match.ts';
import { parseSearch, positiveLeaves, type SearchLeaf, type SearchNode } from './search-query.ts';
import { makeSnippets } from './search-snippets.ts';
import { searchWords } from './search-words.ts';

export type SearchQuery = z.infer<(typeof searchRoute)['query']>;

type HitRow = ReferenceRow & { turns: Turn[]; simulated: boolean };

type Condition = RawBuilder<SqlBool>;
type Found = { ids: string[]; next: string | null; ranked: SearchBody['ranked'] };

/**
 * A page of calls on which something was said, with the places where it was: newest first, or the best first.
 * `time_zone` absent means UTC: callers put their default.
 * @throws InvalidQuery
 */
export async function searchCalls(db: Database, query: SearchQuery): Promise<SearchBody> {
  const search = parseSearch(query.q);
  const { facts, findings } = callConditions(query, readPeriod(query));
  const filter = all([sql<boolean>`not c.is_test`, ...facts, ...findings]);
  const found =
    query.order === 'rank'
      ? await bestThatSay(db, filter, search, query)
      : await newestPage(db, filter, search, query);
  const { rows } = await sql<HitRow>`
    select ${referenceColumns}, t.turns, t.simulated
    from call c join connection cn on cn.id = c.connection_id join transcript t on t.call_id = c.id
    where c.id = any(${found.ids}) order by array_position(${found.ids}::text[], c.id)`.execute(db);
  const leaves = positiveLeaves(search);
  const sameStem = await findForms(db, leaves, rows);
  const items = rows.map((row) => ({
    ...toReference(row),
    simulated_transcript: row.simulated,
    ...makeSnippets(row.turns, leaves, sameStem),
  }));
  return { items, next: found.next, ranked: found.ranked };
}

async function newestPage(
  db: Database,
  filter: Condition,
  search: SearchNode,
  { limit, cursor }: SearchQuery,
): Promise<Found> {
  const after = decodeCursor('search', cursor);
  const older = after
    ? sql<boolean>`${filter} and (c.call_at, c.id) < (${after.at}::timestamptz, ${after.id})`
    : filter;
  const found = await newestThatSay(db, older, searchCondition(search), limit + 1);
  const shown = found.slice(0, limit);
  const last = found.length > limit ? shown.at(-1) : undefined;
  return {
    ids: shown.map(({ id }) => id),
    next: last ? encodeCursor('search', { at: last.place, id: last.id }) : null,
    ranked: null,
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
