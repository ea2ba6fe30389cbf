import type { Database } from '../db/database.ts';
import { Failure } from '../domain/failure.ts';
import { claimRun, type DueRun, failRun, finishRun, planRuns } from './due-runs.ts';

export type Scheduler = { kick: () => void; stop: () => Promise<void> };

const pollMs = 2_000;

/** Sends what is due until stopped; what runs is finished first. Any number of processes may do so on one database. */
export function startScheduler(deps: {
  db: Database;
  /** @throws Failure */
  send: (run: DueRun) => Promise<void>;
  onError: (error: unknown) => void;
}): Scheduler {
  const { db, send, onError } = deps;
  let stopped = false;
  let again = false;
  let round: Promise<void> | null = null;

  async function work(): Promise<void> {
    do {
      again = false;
      await planRuns(db, new Date());
      while (!stopped) {
        const run = await claimRun(db);
        if (!run) break;
        await runOne(run);
      }
    } while (again && !stopped);
  }

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

  function kick(): void {
    again = true;
    if (stopped) return;
    round ??= work()
      .catch(onError)
      .finally(() => {
        round = null;
      });
  }

  const timer = setInterval(kick, pollMs);
  kick();
  return {
    kick,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await round;
    },
  };
}
