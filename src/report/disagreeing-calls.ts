import { sql } from 'kysely';
import type { z } from 'zod';
import type { DisagreeingCallBody, listDisagreeingCalls as listRoute } from '../contract/disagreements.ts';
import type { Database } from '../db/database.ts';
import type { Answer, Evidence } from '../domain/answer.ts';
import { all, callConditions } from './call-filters.ts';
import { type ReferenceRow, referenceColumns, toReference } from './call-reference.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { readPeriod } from './period.ts';

type Query = z.infer<(typeof listRoute)['query']>;
type Quote = DisagreeingCallBody['quotes'][number];

type Row = ReferenceRow & {
  sale_amount: string | null;
  sale_count: string | null;
  reason: string | null;
  explanation: string | null;
  answers: Answer[] | null;
  findings: {
    disqualifier?: { reason: string; evidence: Evidence[] } | null;
    resultEvidence?: Evidence[];
  } | null;
};

const quotesShown = 4;

/**
 * Calls on which reported and heard disagree, newest first, with the words that decided. All four kinds, unless the
 * query names one.
 * @throws InvalidQuery
 */
export async function listDisagreeingCalls(
  db: Database,
  query: Query,
): Promise<{ items: DisagreeingCallBody[]; next: string | null }> {
  const asked = { ...query, disagreement: query.disagreement ?? ('any' as const) };
  const { facts, findings } = callConditions(asked, readPeriod(query));
  const conditions = [sql<boolean>`not c.is_test`, ...facts, ...findings];
  const after = decodeCursor('disagreements', query.cursor);
  if (after) conditions.push(sql`(c.call_at, c.id) < (${after.at}::timestamptz, ${after.id})`);
  const { rows } = await sql<Row>`
    with page as materialized (
      select c.* from call c where ${all(conditions)} order by c.call_at desc, c.id desc limit ${query.limit + 1}
    )
    select ${referenceColumns}, c.sale_amount, c.sale_count, c.reason, c.explanation, e.answers,
      e.outcome as findings
    from page c join connection cn on cn.id = c.connection_id left join evaluation e on e.id = c.evaluation_id
    order by c.call_at desc, c.id desc`.execute(db);
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  const more = rows.length > query.limit && last;
  return {
    items: shown.map((row) => ({
      ...toReference(row),
      sale_amount: row.sale_amount,
      sale_count: row.sale_count === null ? null : Number(row.sale_count),
      reason: row.reason,
      explanation: row.explanation,
      quotes: decidingQuotes(row),
    })),
    next: more ? encodeCursor('disagreements', { at: last.place, id: last.call_id }) : null,
  };
}

/** What was said for the outcome: why the caller is no prospect, which gate he fails, what was agreed. */
function decidingQuotes({ findings, answers, reason }: Row): Quote[] {
  const { disqualifier, resultEvidence } = findings ?? {};
  const gate = (answers ?? []).find(({ criterion }) => criterion === reason);
  const quotes = [
    ...toQuotes(disqualifier?.reason ?? '', disqualifier?.evidence),
    ...toQuotes(gate?.criterion ?? '', gate?.evidence),
    ...toQuotes('result', resultEvidence),
  ];
  return quotes.slice(0, quotesShown);
}

function toQuotes(about: string, evidence: Evidence[] | undefined): Quote[] {
  return (evidence ?? []).map(({ quote, speaker, turn, start }) => ({ about, quote, speaker, turn, start }));
}
