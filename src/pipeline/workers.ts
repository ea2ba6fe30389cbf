import { sql } from 'kysely';
import type { PgBoss } from 'pg-boss';
import type { Database } from '../db/database.ts';
import type { StageHandler } from '../db/stage.ts';
import { type Stage, stages } from '../domain/stage.ts';
import { deadQueue, type StageJob } from './queue.ts';
import { runStage } from './run-stage.ts';

export type StageSetup = {
  handler: StageHandler;
  /** How many calls this process works on at a time. */
  concurrency: number;
  /** Seconds to wait after the first, second, … failure. */
  schedule: readonly number[];
};

/** Takes jobs of every stage until stopped. Stopping aborts what runs; it goes on elsewhere or at the next start. */
export async function startWorkers(deps: {
  db: Database;
  boss: PgBoss;
  setup: Record<Stage, StageSetup>;
  /** Called when a stage has finished: the next may be due. */
  onFinished: () => void;
  logBug: (error: unknown, context: Record<string, unknown>) => string;
}): Promise<{ stop: () => Promise<void> }> {
  const stopping = new AbortController();
  for (const stage of stages) {
    const { handler, concurrency, schedule } = deps.setup[stage];
    const options = {
      localConcurrency: concurrency,
      batchSize: 1,
      pollingIntervalSeconds: 1,
      notifyPollingIntervalSeconds: 2,
    };
    await deps.boss.work<StageJob>(stage, options, async ([job]) => {
      if (!job) return;
      await runStage(stage, job.data, { ...deps, handler, schedule, signal: stopping.signal });
      deps.onFinished();
    });
  }
  await deps.boss.work<StageJob & { stage: Stage }>(deadQueue, async ([job]) => {
    if (job) await giveUp(deps.db, job.data);
  });
  return {
    async stop() {
      stopping.abort(new Error('Aria is stopping'));
      for (const queue of [...stages, deadQueue]) await deps.boss.offWork(queue, { wait: true });
    },
  };
}

/** Five workers died on this job; a sixth would too. */
async function giveUp(db: Database, job: StageJob & { stage: Stage }): Promise<void> {
  await sql`
    update call_stage set state = 'failed', finished_at = now(), error_code = 'interrupted',
      error_detail = 'The process that worked on this call died every time.'
    where call_id = ${job.callId} and stage = ${job.stage} and run = ${job.run}`.execute(db);
}
