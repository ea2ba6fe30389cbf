import type { Database } from '../db/database.ts';
import { Failure } from '../domain/failure.ts';
import { type Rounds, startRounds } from '../lib/rounds.ts';
import { aliveMs, claimRun, type DueRun, failRun, finishRun, noteAlive, planRuns } from './due-runs.ts';

const pollMs = 2_000;
const sweepMs = 3_600_000;

/** Sends what is due until stopped; what runs is finished first. Any number of processes may do so on one database. */
export function startScheduler(deps: {
  db: Database;
  /** @throws Failure */
  send: (run: DueRun) => Promise<void>;
  /** Removes what killed processes left behind; asked at the start and every hour. */
  sweep: () => Promise<void>;
  onError: (error: unknown) => void;
}): Rounds {
  const { db, send, sweep, onError } = deps;
  let sweptAt = Number.NEGATIVE_INFINITY;

  async function runOne(run: DueRun): Promise<void> {
    const alive = setInterval(() => noteAlive(db, run).catch(onError), aliveMs);
    try {
      await send(run);
    } catch (error) {
      if (!(error instanceof Failure)) onError(error);
      await failRun(db, run, error);
      return;
    } finally {
      clearInterval(alive);
    }
    await finishRun(db, run);
  }

  return startRounds({
    async round(signal) {
      if (performance.now() - sweptAt > sweepMs) {
        sweptAt = performance.now();
        await sweep();
      }
      await planRuns(db, new Date());
      while (!signal.aborted) {
        const run = await claimRun(db);
        if (!run) return;
        await runOne(run);
      }
    },
    pollMs,
    onError,
  });
}
