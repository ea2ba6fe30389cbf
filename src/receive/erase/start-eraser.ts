import { type Rounds, startRounds } from '../../lib/rounds.ts';
import { type EraseDeps, eraseCaller } from './erase-caller.ts';
import {
  claimErasureTask,
  type ErasureTask,
  failErasureTask,
  finishErasureTask,
  releaseErasureTask,
  touchErasureTask,
} from './erasure-tasks.ts';
import { previewErasure } from './preview-erasure.ts';

export type EraserDeps = Omit<EraseDeps, 'createdBy'> & {
  /** @returns the id under which a fault is in the log */
  logBug: (error: unknown) => string;
  /** Whether an error only says that the store is away, so that the task goes on later. */
  isUnavailable: (error: unknown) => boolean;
};

const pollMs = 5_000;
const none = { calls: 0, events: 0, recordings: 0, transcripts: 0, evaluations: 0 };

/**
 * Works erasures off that were asked for over HTTP, one at a time. One whose process died begins anew: what was
 * erased and what the task says of it are one transaction.
 */
export function startEraser(deps: EraserDeps): Rounds {
  async function run(task: ErasureTask): Promise<void> {
    const alive = setInterval(() => void touchErasureTask(deps.db, task.id).catch(() => undefined), 5_000);
    try {
      await (task.dryRun ? look(task) : erase(task));
    } catch (error) {
      if (deps.isUnavailable(error)) {
        await releaseErasureTask(deps.db, task.id).catch(() => undefined);
        throw error;
      }
      const detail = `A fault in Aria; the log has its details under ${deps.logBug(error)}.`;
      await failErasureTask(deps.db, task.id, detail);
    } finally {
      clearInterval(alive);
    }
  }

  async function look(task: ErasureTask): Promise<void> {
    const { calls, ...found } = await previewErasure(deps.db, task.caller);
    await finishErasureTask(deps.db, task.id, null, { ...found, calls: calls.length });
  }

  async function erase(task: ErasureTask): Promise<void> {
    const done = await eraseCaller(task.caller, {
      ...deps,
      createdBy: task.createdBy,
      onErased: (tx, { id, ...counts }) => finishErasureTask(tx, task.id, id, counts),
    });
    if (!done) await finishErasureTask(deps.db, task.id, null, none);
  }

  return startRounds({
    async round(signal) {
      while (!signal.aborted) {
        const task = await claimErasureTask(deps.db);
        if (!task) return;
        await run(task);
      }
    },
    pollMs,
    onError(error) {
      if (!deps.isUnavailable(error)) deps.logBug(error);
    },
  });
}
