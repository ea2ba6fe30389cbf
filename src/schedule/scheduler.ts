import type { Database } from '../db/database.ts';
import { Failure } from '../domain/failure.ts';
import { type Rounds, startRounds } from '../lib/rounds.ts';
import { claimRun, type DueRun, failRun, finishRun, planRuns } from './due-runs.ts';

const pollMs = 2_000;

/** Sends what is due until stopped; what runs is finished first. Any number of processes may do so on one database. */
export function startScheduler(deps: {
  db: Database;
  /** @throws Failure */
  send: (run: DueRun) => Promise<void>;
  onError: (error: unknown) => void;
}): Rounds {
  const { db, send, onError } = deps;

  async function runOne(run: DueRun): Promise<void> {
    try {
      await send(run);
    } catch (error) {
      if (!(error instanceof Failure)) onError(error);
      await failRun(db, run, error);
      return;
    }
    await finishRun(db, run);
  }

  return startRounds({
    async round(signal) {
      await planRuns(db, new Date());
      while (!signal.aborted) {
        const run = await claimRun(db);
        if (!run) return;
        await runOne(run);
      }
    },
    ...{ pollMs, onError },
  });
}
