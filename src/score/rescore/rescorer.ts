import { randomUUID } from 'node:crypto';
import { Failure } from '../../domain/failure.ts';
import { type Rounds, startRounds } from '../../lib/rounds.ts';
import { publishRescore } from './publish-rescore.ts';
import {
  claimRescore,
  explainWaiting,
  postponeRescore,
  type RescoreJob,
  RescoreTaken,
  releaseRescore,
  settleRescore,
  touchRescore,
} from './rescore-store.ts';
import { NoSuchJudge, type RescoreDeps, runRescore } from './run-rescore.ts';

const pollMs = 5_000;
const heartbeatMs = 10_000;
/** A server that is away is asked again after this. */
const retryMs = 60_000;

/**
 * Works off rescores, one at a time, each where it stood when its process stopped. Where the store is away it is
 * tried again later.
 */
export function startRescorer(
  deps: Omit<RescoreDeps, 'signal' | 'onProgress'> & { onError: (error: unknown) => void },
): Rounds {
  return startRounds({
    async round(signal) {
      while (!signal.aborted && (await workOnRescore({ ...deps, signal })));
      await explainWaiting(deps.db, Object.keys(deps.judges));
    },
    pollMs,
    onError: deps.onError,
  });
}

/**
 * Does the next step of one task, in this process. What its judge cannot do now is put off; what somebody has to mend
 * first fails, and goes on from there when it is resumed.
 * @param id null: of whichever waits
 * @returns false when there was nothing to do
 */
export async function workOnRescore(deps: RescoreDeps, id: string | null = null): Promise<boolean> {
  const job = await claimRescore(deps.db, `${process.pid}-${randomUUID()}`, Object.keys(deps.judges), id);
  if (!job) return false;
  // a judge that waits for a server may take longer than the silence after which others go on
  const heart = setInterval(() => {
    touchRescore(deps.db, job, 0).catch(() => undefined);
  }, heartbeatMs);
  try {
    const finished = job.state === 'running' ? await runRescore(job, deps) : await publishRescore(job, deps);
    if (!finished) await releaseRescore(deps.db, job);
  } catch (error) {
    await handleFault(error, job, deps);
  } finally {
    clearInterval(heart);
  }
  return true;
}

async function handleFault(error: unknown, job: RescoreJob, { db, signal }: RescoreDeps): Promise<void> {
  if (error instanceof RescoreTaken) return;
  if (signal.aborted || error instanceof NoSuchJudge) return releaseRescore(db, job);
  if (!(error instanceof Failure)) throw error;
  const { retry, detail } = error;
  if (retry === 'soon') {
    const due = new Date(Date.now() + retryMs);
    return postponeRescore(db, job, due, `${detail} It is tried again every minute.`);
  }
  if (typeof retry === 'object') {
    const due = 'at' in retry ? retry.at : retry.notBefore;
    return postponeRescore(db, job, due, `${detail} It goes on at ${due.toISOString()}.`);
  }
  const advice = `Mend that, then go on from the page or by npx aria rescore resume ${job.id}.`;
  await settleRescore(db, job, 'failed', `${detail} ${advice}`);
}
