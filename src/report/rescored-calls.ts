import { sql } from 'kysely';
import type { RescoredCallBody } from '../contract/rescores.ts';
import type { Database } from '../db/database.ts';
import type { Outcome } from '../domain/outcome.ts';

type Row = Omit<RescoredCallBody, 'call_at' | 'before' | 'after'> & {
  call_at: Date;
  before: Outcome | null;
  after: Outcome | null;
};

export type RescoredCallsQuery = {
  changed?: string | undefined;
  skipped?: boolean | undefined;
  limit: number;
  cursor?: string | undefined;
};

/** The calls that a rescore would change (or could not judge), in the order of their ids. */
export async function listRescoredCalls(
  db: Database,
  id: string,
  { changed = '', skipped = false, limit, cursor = '' }: RescoredCallsQuery,
): Promise<{ items: RescoredCallBody[]; next: string | null }> {
  const which = skipped
    ? sql`r.skipped is not null`
    : sql`r.changed <> '{}' and (${changed} = '' or ${changed} = any(r.changed))`;
  const { rows } = await sql<Row>`
    select r.call_id, c.call_instance_id, c.call_at, c.buyer_name, c.vertical, n.currency, c.revenue::text,
      r.changed, r.before, r.after, r.skipped, r.disagreements_before, r.disagreements_after
    from rescore_result r join call c on c.id = r.call_id join connection n on n.id = c.connection_id
    where r.rescore_id = ${id} and r.call_id > ${cursor} and ${which}
    order by r.call_id limit ${limit + 1}`.execute(db);
  const items = rows.slice(0, limit).map(({ call_at, before, after, ...row }) => ({
    ...row,
    call_at: call_at.toISOString(),
    before: before && toShown(before),
    after: after && toShown(after),
  }));
  return { items, next: rows.length > limit ? items.at(-1)!.call_id : null };
}

function toShown({ reached, prospect, reason, result, billable, score, flags, explanation }: Outcome) {
  return { reached, prospect, reason, result, billable, score, flags, explanation };
}
