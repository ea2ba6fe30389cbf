import { claimReplay, finishReplay, ReplayTaken, type ReplayTask, releaseReplay } from './replay-store.ts';
import { type RunReplayDeps, runReplay } from './run-replay.ts';

export type Replayer = { kick: () => void; stop: () => Promise<void> };

export type ReplayerDeps = Omit<RunReplayDeps, 'signal'> & {
  /** A replay may have given the pipeline work. */
  onReplayed: () => void;
  /** @returns the id under which a fault is in the log */
  logBug: (error: unknown) => string;
  /** Whether an error only says that the store is away, so that the replay goes on later. */
  isUnavailable: (error: unknown) => boolean;
};

const pollMs = 2_000;

/**
 * Works replays off, one at a time, whoever asked for them. One whose process died goes on where it stood; where the
 * store is away it is tried again later.
 */
export function startReplayer(deps: ReplayerDeps): Replayer {
  const stopping = new AbortController();
  let again = false;
  let round: Promise<void> | null = null;

  async function work(): Promise<void> {
    do {
      again = false;
      for (let task = await next(); task; task = await next()) await replay(task);
    } while (again);
  }

  async function next(): Promise<ReplayTask | null> {
    return stopping.signal.aborted ? null : claimReplay(deps.db);
  }

  async function replay(task: ReplayTask): Promise<void> {
    try {
      const finished = await runReplay(task, { ...deps, signal: stopping.signal });
      if (finished) await finishReplay(deps.db, task.id, null);
      else await releaseReplay(deps.db, task.id);
    } catch (error) {
      if (error instanceof ReplayTaken) return;
      if (deps.isUnavailable(error)) throw error;
      const id = deps.logBug(error);
      await finishReplay(deps.db, task.id, `A fault in Aria; the log has its details under ${id}.`);
    }
    deps.onReplayed();
  }

  function kick(): void {
    again = true;
    round ??= work()
      .catch((error) => {
        if (!deps.isUnavailable(error)) deps.logBug(error);
      })
      .finally(() => {
        round = null;
      });
  }

  const timer = setInterval(kick, pollMs);
  kick();
  return {
    kick,
    async stop() {
      stopping.abort();
      clearInterval(timer);
      await round;
    },
  };
}
