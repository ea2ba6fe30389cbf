import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import type { Database } from '../db/database.ts';
import type { Stage } from '../domain/stage.ts';
import { type Rounds, startRounds } from '../lib/rounds.ts';
import { sendJobs } from './queue.ts';

const pollMs = 1_000;
/** Every flush of events kicks: after a short rest one look serves many, and the database is left to the events. */
const restMs = 50;
const batch = 500;

/**
 * Turns due rows of call_stage into jobs. The rows are the outbox: whoever writes one (the webhook, a finished
 * stage, a rerun) needs no queue. `kick` makes it look at once; other processes' rows are found by polling.
 */
export function startRelay(deps: {
  db: Database;
  boss: PgBoss;
  /** Sets parked calls going whose hindrance is gone; asked before each look. */
  wake: () => Promise<void>;
  onError: (error: unknown) => void;
}): Rounds {
  const { db, boss, wake, onError } = deps;
  return startRounds({
    async round(signal) {
      await wake();
      while (!signal.aborted && (await relayBatch(db, boss)) === batch);
    },
    pollMs,
    restMs,
    onError,
  });
}

async function relayBatch(db: Database, boss: PgBoss): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ call_id: string; stage: Stage; run: number; priority: number }>`
      update call_stage s set state = 'queued'
      from (
        select call_id, stage from call_stage
        where state in ('waiting', 'retrying') and due_at <= now()
        order by priority desc, due_at limit ${batch} for update skip locked
      ) due
      where s.call_id = due.call_id and s.stage = due.stage
      returning s.call_id, s.stage, s.run, s.priority`.execute(tx);
    for (const [stage, due] of Map.groupBy(rows, (row) => row.stage)) {
      await sendJobs(
        boss,
        tx,
        stage,
        due.map((row) => ({ callId: row.call_id, run: row.run, priority: row.priority })),
      );
    }
    return rows.length;
  });
}
