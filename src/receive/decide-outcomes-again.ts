import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import { decideAgain, isToDecideAgain } from '../db/decide-again.ts';

/** Billing rules also look at what was reported: outcomes of calls that now read otherwise are decided again. */
export async function decideOutcomesAgain(tx: Database, callIds: readonly string[]): Promise<void> {
  await sql`
    update call_stage s set ${sql.raw(decideAgain)}
    where s.call_id = any(${callIds}::text[]) and ${sql.raw(isToDecideAgain)}
      and s.call_id in (select id from call where id = any(${callIds}::text[]) and erasure_id is null)`.execute(
    tx,
  );
}
