import { type RawBuilder, sql } from 'kysely';
import { leafQuery } from './search-condition.ts';
import type { SearchNode } from './search-query.ts';

/**
 * How well a row `s` of transcript_words answers a search: PostgreSQL's ts_rank_cd, the more the oftener and the
 * closer together the words are said, less on a long call (its normalisation 1); whoever says them counts the same.
 * Words by their stems and phrases as said have an index each, and so a rank each, added up. What must not be said
 * does not rank.
 */
export function searchRank(node: SearchNode): RawBuilder<number> {
  const stems = rankQuery(node, true);
  const words = rankQuery(node, false);
  const ranks = [
    ...(stems ? [sql`ts_rank_cd(${alike}, s.stems, to_tsquery('aria_stems', ${stems}), 1)`] : []),
    ...(words ? [sql`ts_rank_cd(${alike}, s.words, to_tsquery('simple', ${words}), 1)`] : []),
  ];
  return sql`(${sql.join(ranks, sql` + `)})`;
}

const alike = sql.lit('{1,1,1,1}');

/** The part of a search that one of the two indexes answers; null where it has none. */
function rankQuery(node: SearchNode, stems: boolean): string | null {
  if (node.kind === 'not') return null;
  if (node.kind !== 'and' && node.kind !== 'or')
    return (node.kind === 'word') === stems ? `(${leafQuery(node)})` : null;
  const parts = node.parts.flatMap((part) => rankQuery(part, stems) ?? []);
  return parts.length === 0 ? null : `(${parts.join(node.kind === 'and' ? ' & ' : ' | ')})`;
}
