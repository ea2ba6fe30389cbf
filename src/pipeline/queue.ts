import { CompiledQuery } from 'kysely';
import { PgBoss } from 'pg-boss';
import type { Database } from '../db/database.ts';
import { type Stage, stages } from '../domain/stage.ts';

/** What a job carries: ids only. `run` tells an outdated job from the current one. */
export type StageJob = { callId: string; run: number };

/** Jobs that died with their worker too often end here. */
export const deadQueue = 'dead';
/** A worker that is silent this long is taken for dead, and its job is given to another. */
const heartbeatSeconds = 20;

/** pg-boss in the same database, so that a job is sent in the transaction that makes it necessary. */
export async function startQueue(databaseUrl: string, onError: (error: Error) => void): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    max: 6,
    useListenNotify: true,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
    maintenanceIntervalSeconds: 60,
    schedule: false,
    application_name: 'aria queue',
  });
  boss.on('error', onError);
  await boss.start();
  await boss.createQueue(deadQueue, {});
  for (const stage of stages) {
    await boss.createQueue(stage, {
      heartbeatSeconds,
      expireInSeconds: 6 * 3600,
      // counts deaths of workers only; a stage's own failures are retried by its schedule
      retryLimit: 5,
      retryDelay: 1,
      deadLetter: deadQueue,
      deleteAfterSeconds: 3600,
      notify: true,
    });
  }
  return boss;
}

/** Sends jobs within a transaction of ours: they exist if and only if it commits. Higher priority goes first. */
export async function sendJobs(
  boss: PgBoss,
  tx: Database,
  stage: Stage,
  jobs: (StageJob & { priority: number })[],
): Promise<void> {
  await boss.insert(
    stage,
    jobs.map(({ priority, ...data }) => ({ data: { ...data, stage }, priority })),
    { db: within(tx) },
  );
}

function within(tx: Database) {
  return {
    async executeSql(text: string, values: unknown[] = []) {
      const { rows } = await tx.executeQuery(CompiledQuery.raw(text, [...values]));
      return { rows };
    },
  };
}
