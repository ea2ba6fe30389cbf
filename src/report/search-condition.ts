import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Speaker } from '../domain/transcript.ts';
import { parseSearch, type SearchLeaf, type SearchNode, type SearchPhrase } from './search-query.ts';
import { speakerWeights } from './search-words.ts';

type Condition = RawBuilder<SqlBool>;

/** What a row `s` of transcript_words must hold. */
export function searchCondition(node: SearchNode): Condition {
  switch (node.kind) {
    case 'and':
      return sql`(${sql.join(node.parts.map(searchCondition), sql` and `)})`;
    case 'or':
      return sql`(${sql.join(node.parts.map(searchCondition), sql` or `)})`;
    case 'not':
      return sql`not ${searchCondition(node.part)}`;
    case 'word':
      return sql`s.stems @@ to_tsquery('aria_stems', ${leafQuery(node)})`;
    default:
      return sql`s.words @@ to_tsquery('simple', ${leafQuery(node)})`;
  }
}

/**
 * A filter on `call c` by what is said on it, in the language of `parseSearch`.
 * @param field names the parameter in errors
 * @throws InvalidQuery
 */
export function saysCondition(text: string, field: string): Condition {
  // `offset 0`: found by the index once, never looked up call by call, however many the planner expects
  return sql`c.id in (
    select s.call_id from transcript_words s where ${searchCondition(parseSearch(text, field))} offset 0)`;
}

/** What is looked for in the query language of PostgreSQL. */
export function leafQuery(leaf: SearchLeaf): string {
  if (leaf.kind === 'word') return lexeme(leaf.text, false, leaf.speaker);
  if (leaf.kind === 'phrase') return phraseQuery(leaf.words, leaf.speaker);
  const left = phraseQuery(leaf.left, leaf.speaker);
  const right = phraseQuery(leaf.right, leaf.speaker);
  const steps = Array.from({ length: leaf.distance }, (_, i) => i + 1);
  return steps.flatMap((n) => [`${left} <${n}> ${right}`, `${right} <${n}> ${left}`]).join(' | ');
}

function phraseQuery(words: SearchPhrase, speaker: Speaker | null): string {
  return `(${words.map(({ text, prefix }) => lexeme(text, prefix, speaker)).join(' <-> ')})`;
}

/** Words hold no quote, no backslash and no sign of the query language: `searchWords` cut them there. */
function lexeme(word: string, prefix: boolean, speaker: Speaker | null): string {
  const marks = `${prefix ? '*' : ''}${speaker ? speakerWeights[speaker] : ''}`;
  return marks ? `'${word}':${marks}` : `'${word}'`;
}
