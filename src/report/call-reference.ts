import { sql } from 'kysely';
import { disagreements } from '../contract/calls.ts';
import type { SearchHitBody } from '../contract/search.ts';

type Reference = Omit<SearchHitBody, 'snippets' | 'hits' | 'simulated_transcript'>;
type Disagreement = (typeof disagreements)[number];

/** A call as `referenceColumns` reads it. */
export type ReferenceRow = { [D in Disagreement]: boolean } & Omit<
  Reference,
  'call_at' | 'disagreements' | 'connected_call_length'
> & { call_at: Date; connected_call_length: string | null; place: string };

/** What names a call in a list about something else, of `call c` and its `connection cn`. */
export const referenceColumns = sql`
  c.id as call_id, c.call_at, c.connection_id, c.call_instance_id, c.publisher_name, c.buyer_name,
  c.campaign_name, c.caller_id, c.connected_call_length, cn.currency, c.revenue, c.prospect, c.result, c.billable,
  ${sql.join(disagreements.map((name) => sql.ref(`c.${name}`)))}, ${placeOf()} as place`;

/** The sort key of lists of calls, exact to the microsecond. */
export function placeOf() {
  return sql`to_char(c.call_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

/** Row → what crosses the wire. */
export function toReference(row: ReferenceRow): Reference {
  return {
    call_id: row.call_id,
    call_at: row.call_at.toISOString(),
    connection_id: row.connection_id,
    call_instance_id: row.call_instance_id,
    publisher_name: row.publisher_name,
    buyer_name: row.buyer_name,
    campaign_name: row.campaign_name,
    caller_id: row.caller_id,
    connected_call_length:
      row.connected_call_length === null ? null : Math.round(Number(row.connected_call_length)),
    currency: row.currency,
    revenue: row.revenue,
    prospect: row.prospect,
    result: row.result,
    billable: row.billable,
    disagreements: disagreements.filter((name) => row[name]),
  };
}
