import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { expireExports } from './expire-exports.ts';

/**
 * Takes a caller out of what Aria wrote about calls elsewhere: kept differences of replays, rows of files that could
 * not be imported, filters of saved reports and exports. Files that may list him run out at once.
 */
export async function eraseMentions(tx: Database, caller: string, callIds: string[]): Promise<void> {
  const digits = `%${caller.replace(/\D/g, '').slice(-10)}%`;
  await sql`
    update replay r set changes = (
      select coalesce(jsonb_agg(c order by place), '[]') from jsonb_array_elements(r.changes) with ordinality as t(c, place)
      where not coalesce(c ->> 'call_id' = any(${callIds}), false) and not c::text like ${digits})
    where r.changes <> '[]' and (r.changes::text like ${digits}
      or exists (select from jsonb_array_elements(r.changes) c where c ->> 'call_id' = any(${callIds})))`.execute(
    tx,
  );
  await sql`
    update import_error set reason = 'What this quoted was erased.' where reason like ${digits}`.execute(tx);
  await expireExports(tx);
  await sql`update export_task set query = query - 'caller_id' where query::text like ${digits}`.execute(tx);
  await sql`update saved_report set query = query - 'caller_id' where query::text like ${digits}`.execute(tx);
}
