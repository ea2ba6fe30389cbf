import { sql } from 'kysely';
import type { z } from 'zod';
import type { CallSummaryBody, listCalls as listCallsRoute } from '../contract/calls.ts';
import type { Database } from '../db/database.ts';
import { all, callConditions } from './call-filters.ts';
import { type CallRow, callColumns, callJoins, toCallSummary } from './call-row.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { readPeriod } from './period.ts';

export type CallListQuery = z.infer<(typeof listCallsRoute)['query']>;

/**
 * A page of calls, newest first, in one statement. Pages are cut by the place of the last call shown, so that
 * calls arriving meanwhile neither repeat nor hide any. `time_zone` absent means UTC: callers put their default.
 * @throws InvalidQuery
 */
export async function listCalls(
  db: Database,
  query: CallListQuery,
): Promise<{ items: CallSummaryBody[]; next: string | null }> {
  const { facts, findings } = callConditions(query, readPeriod(query));
  const conditions = [...facts, ...findings, ...testCondition(query)];
  const after = decodeCursor('calls', query.cursor);
  if (after) conditions.push(sql`(c.call_at, c.id) < (${after.at}::timestamptz, ${after.id})`);

  const { rows } = await sql<CallRow & { place: string }>`
    with page as materialized (
      select c.* from call c where ${all(conditions)}
      order by c.call_at desc, c.id desc limit ${query.limit + 1}
    )
    select ${callColumns},
      to_char(c.call_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as place
    from page c ${callJoins}
    order by c.call_at desc, c.id desc`.execute(db);

  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  const more = rows.length > query.limit && last;
  return {
    items: shown.map(toCallSummary),
    next: more ? encodeCursor('calls', { at: last.place, id: last.id }) : null,
  };
}

/** Reports leave test calls out; so do lists, unless the query asks for them or names the call. */
function testCondition({ test, call_instance_id }: CallListQuery) {
  const wanted = test ?? (call_instance_id ? 'include' : 'exclude');
  if (wanted === 'include') return [];
  return [wanted === 'only' ? sql<boolean>`c.is_test` : sql<boolean>`not c.is_test`];
}
