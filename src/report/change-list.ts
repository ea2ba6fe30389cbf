import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { z } from 'zod';
import type { ChangeBody, listChanges as listChangesRoute } from '../contract/changes.ts';
import type { Database } from '../db/database.ts';
import { all, noneLabel } from './call-filters.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { storableText } from './invalid-query.ts';
import { readPeriod } from './period.ts';

export type ChangeListQuery = z.infer<(typeof listChangesRoute)['query']>;

type Row = Omit<ChangeBody, 'cause' | 'call_at' | 'changed_at'> & {
  call_at: Date;
  changed_at: Date;
  place: string;
  event_id: string | null;
  evaluation_id: string | null;
  person: string | null;
  judge: string | null;
};

const findings = new Set(['reached', 'prospect', 'reason', 'result', 'billable', 'score']);

/**
 * Every change of a call's money or outcome after it was first known, newest first. A test call's are left out, unless
 * the query names the call.
 * @throws InvalidQuery
 */
export async function listChanges(
  db: Database,
  query: ChangeListQuery,
): Promise<{ items: ChangeBody[]; next: string | null }> {
  const after = decodeCursor('changes', query.cursor);
  const conditions = changeConditions(query);
  if (after) conditions.push(sql`(h.changed_at, h.id) < (${after.at}::timestamptz, ${after.id}::bigint)`);
  // a review's own time is that of its transaction, and so is the change's
  const { rows } = await sql<Row>`
    select h.id::text as id, h.call_id, c.call_instance_id, c.connection_id, c.call_at, c.publisher_name, c.buyer_name,
      cn.currency, h.changed_at, h.field, h.before, h.after, h.event_id, h.evaluation_id,
      case when h.field in ('revenue', 'affiliate_payout', 'cost', 'sale_amount', 'sale_count', 'score')
        then (h.after::numeric - h.before::numeric)::text end as difference,
      to_char(h.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as place,
      (select case when r.undone_at = h.changed_at then r.undone_by else r.reviewed_by end from review r
        where r.call_id = h.call_id and h.changed_at in (r.reviewed_at, r.undone_at) limit 1) as person,
      e.judge || ', ' || e.scorecard || ' ' || e.scorecard_version as judge
    from call_change h
    join call c on c.id = h.call_id
    join connection cn on cn.id = c.connection_id
    left join evaluation e on e.id = h.evaluation_id
    where ${all(conditions)}
    order by h.changed_at desc, h.id desc limit ${query.limit + 1}`.execute(db);
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toChange),
    next: rows.length > query.limit && last ? encodeCursor('changes', { at: last.place, id: last.id }) : null,
  };
}

function changeConditions(query: ChangeListQuery): RawBuilder<SqlBool>[] {
  const { start, end } = readPeriod(query);
  const conditions: RawBuilder<SqlBool>[] = query.call_id
    ? [sql`h.call_id = ${storableText('call_id', query.call_id)}`]
    : [sql`not c.is_test`];
  if (start) conditions.push(sql`h.changed_at >= ${start.toString()}::timestamptz`);
  if (end) conditions.push(sql`h.changed_at < ${end.toString()}::timestamptz`);
  if (query.field) conditions.push(sql`h.field = ${query.field}`);
  for (const name of ['connection_id', 'publisher_name', 'buyer_name'] as const) {
    const value = query[name];
    if (!value) continue;
    const column = sql.ref(`c.${name}`);
    conditions.push(
      value === noneLabel ? sql`${column} is null` : sql`${column} = ${storableText(name, value)}`,
    );
  }
  return conditions;
}

function toChange({ person, judge, event_id, evaluation_id, place: _, ...row }: Row): ChangeBody {
  const found = findings.has(row.field);
  const kind = found ? (person ? 'person' : 'judge') : event_id ? 'event' : 'replay';
  return {
    ...row,
    call_at: row.call_at.toISOString(),
    changed_at: row.changed_at.toISOString(),
    cause: { kind, event_id, evaluation_id, by: found ? (person ?? judge) : null },
  };
}
