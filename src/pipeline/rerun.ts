import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { Stage } from '../domain/stage.ts';
import { inputOfRerun, startStage } from './run-stage.ts';

/** @returns false when there is no such call */
export async function rerunCall(db: Database, callId: string, stage: Stage): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql`select from call where id = ${callId} for update`.execute(tx);
    if (rows.length === 0) return false;
    await startStage(tx, callId, stage);
    return true;
  });
}

/** Which calls to run again: by where they stand, or by age of the call. */
export type RerunFilter = { state?: string; code?: string; from?: Date; to?: Date; connectionId?: string };

/** Starts a stage again for all calls that match; the number of calls is returned. */
export async function rerunMatching(db: Database, stage: Stage, filter: RerunFilter): Promise<number> {
  const { state = null, code = null, from = null, to = null, connectionId = null } = filter;
  const result = await sql`
    update call_stage s set state = 'waiting', run = s.run + 1, attempts = 0, due_at = now(), error_code = null,
      error_detail = null, input = ${inputOfRerun}
    from call c
    where c.id = s.call_id and s.stage = ${stage}
      and (${state}::text is null or s.state = ${state})
      and (${code}::text is null or s.error_code = ${code})
      and (${from}::timestamptz is null or c.call_at >= ${from})
      and (${to}::timestamptz is null or c.call_at < ${to})
      and (${connectionId}::text is null or c.connection_id = ${connectionId})`.execute(db);
  return Number(result.numAffectedRows ?? 0n);
}
