import { sql } from 'kysely';
import type { z } from 'zod';
import type { listRepeatCallers as listRoute, RepeatCallerBody } from '../contract/traffic-reports.ts';
import type { Database } from '../db/database.ts';
import { all, callConditions } from './call-filters.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { definitionsOf } from './definitions.ts';
import { readReportPeriod } from './report-period.ts';

type Row = Omit<RepeatCallerBody, 'first_call_at' | 'last_call_at'> & {
  first_call_at: Date;
  last_call_at: Date;
};

/**
 * Callers whom more than one publisher sent in the period, most calls first: paid for twice, or passed on. Withheld
 * numbers are no callers. Without `from` and `to`: the last 30 days.
 * @throws InvalidQuery
 */
export async function listRepeatCallers(
  db: Database,
  query: z.infer<(typeof listRoute)['query']>,
  now: Date = new Date(),
) {
  const period = await readReportPeriod(db, query, now);
  const { facts, findings } = callConditions(query, period);
  const after = decodeCursor('repeat-callers', query.cursor);
  const place = after
    ? sql<boolean>`(r.calls, r.caller_id) < (${after.at}::bigint, ${after.id})`
    : sql<boolean>`true`;
  const { rows } = await sql<Row>`
    with sent as (
      select c.caller_id, c.publisher_name, count(*) as calls, min(c.call_at) as first_call_at,
        max(c.call_at) as last_call_at, sum(c.revenue) as revenue, sum(c.affiliate_payout) as payout
      from call c
      where not c.is_test and c.caller_id is not null and c.publisher_name is not null
        and ${all([...facts, ...findings])}
      group by c.caller_id, c.publisher_name
    ), r as (
      select caller_id, sum(calls)::bigint as calls, min(first_call_at) as first_call_at,
        max(last_call_at) as last_call_at, sum(revenue) as revenue, sum(payout) as payout,
        json_agg(json_build_object('publisher_name', publisher_name, 'calls', calls)
          order by calls desc, publisher_name) as publishers
      from sent group by caller_id having count(*) > 1
    ), shown as (
      select * from r where ${place} order by r.calls desc, r.caller_id desc limit ${query.limit + 1}
    )
    select shown.*, array(
        select distinct cn.currency from call c join connection cn on cn.id = c.connection_id
        where c.caller_id = shown.caller_id and not c.is_test and c.publisher_name is not null
          and ${all([...facts, ...findings])}
        order by cn.currency) as currencies
    from shown order by shown.calls desc, shown.caller_id desc`.execute(db);
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  const more = rows.length > query.limit && last;
  return {
    items: shown.map((row) => ({
      ...row,
      first_call_at: row.first_call_at.toISOString(),
      last_call_at: row.last_call_at.toISOString(),
    })),
    next: more ? encodeCursor('repeat-callers', { at: String(last.calls), id: last.caller_id }) : null,
    from: period.from,
    to: period.to,
    time_zone: period.timeZone,
    metrics: definitionsOf('caller_calls', 'caller_revenue', 'caller_payout'),
  };
}
