import { type Rounds, startRounds } from '../../lib/rounds.ts';
import { claimReplay, finishReplay, ReplayTaken, type ReplayTask, releaseReplay } from './replay-store.ts';
import { type RunReplayDeps, runReplay } from './run-replay.ts';

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
export function startReplayer(deps: ReplayerDeps): Rounds {
  async function replay(task: ReplayTask, signal: AbortSignal): Promise<void> {
    try {
      const finished = await runReplay(task, { ...deps, signal });
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

  return startRounds({
    async round(signal) {
      while (!signal.aborted) {
        const task = await claimReplay(deps.db);
        if (!task) return;
        await replay(task, signal);
      }
    },
    pollMs,
    onError(error) {
      if (!deps.isUnavailable(error)) deps.logBug(error);
    },
  });
}
