import { sql } from 'kysely';
import type { CustomFieldBody } from '../contract/custom-fields.ts';
import type { Database } from '../db/database.ts';
import { storableText } from './invalid-query.ts';

/** Enough to know what is sent nowadays, however many calls there are. */
const newest = 5_000;
const shown = 200;

/** Fields of the senders' own on the newest calls, tests left out. @throws InvalidQuery */
export async function listCustomFields(
  db: Database,
  { connection_id }: { connection_id?: string | undefined },
): Promise<{ items: CustomFieldBody[] }> {
  const of = connection_id
    ? sql`and c.connection_id = ${storableText('connection_id', connection_id)}`
    : sql``;
  const { rows: items } = await sql<CustomFieldBody>`
    with seen as materialized (
      select f.key as name, left(f.value, 100) as value, count(*) as calls
      from (select extra from call c where not c.is_test ${of} order by c.call_at desc, c.id desc limit ${newest}) c
      cross join lateral jsonb_each_text(c.extra) f
      where f.value <> '' group by 1, 2
    )
    select name, sum(calls)::int as calls, (array_agg(value order by calls desc, value))[1:5] as examples
    from seen group by name order by 2 desc, 1 limit ${shown}`.execute(db);
  return { items };
}
