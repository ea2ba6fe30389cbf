import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';

/** Sums of many calls. Whatever else there is, and will be, may hold a caller. */
const sums = ['breakdown', 'disagreements', 'coverage', 'threshold_clustering', 'silent_sources'];

/**
 * Ends the time of exported files that may hold a caller: all lists, and reports by a field of the sender's own or of one
 * caller. They are refused from now on, and the process that wrote them removes them. One that is being written is begun
 * anew.
 */
export async function expireExports(db: Database): Promise<void> {
  await sql`
    update export_task set
      state = case state when 'running' then 'waiting' else state end,
      expires_at = case when state in ('done', 'failed') then now() end
    where state in ('running', 'done', 'failed')
      and (kind <> all(${sums})
        or query ->> 'by' like 'extra.%' or query ->> 'then_by' like 'extra.%' or query ? 'caller_id')`.execute(
    db,
  );
}
