import { setTimeout as sleep } from 'node:timers/promises';
import type { ReplayBody } from '../contract/replays.ts';
import type { Database } from '../db/database.ts';
import { mergeEvents } from '../normalize/merge.ts';
import type { ReplayRange } from '../receive/replay/read-again.ts';
import {
  claimReplay,
  createReplay,
  findOpenReplay,
  finishReplay,
  ReplayTaken,
  releaseReplay,
} from '../receive/replay/replay-store.ts';
import { runReplay } from '../receive/replay/run-replay.ts';
import { getReplay } from '../report/replay-list.ts';
import { createNormalize } from './normalize-for.ts';

const lookMs = 300;

/**
 * Replays a range from a command. One of the same range that was stopped is gone on with; one that a running Aria
 * is at, or takes over meanwhile, is followed to its end.
 * @returns the replay as it ended, or as it stands where the signal stopped us
 */
export async function runReplayCommand(
  db: Database,
  wish: ReplayRange & { dryRun: boolean },
  deps: { onProgress: (replay: ReplayBody) => void; signal: AbortSignal },
): Promise<ReplayBody> {
  const id = (await findOpenReplay(db, wish)) ?? (await createReplay(db, { ...wish, createdBy: 'command' }));
  for (;;) {
    const replay = (await getReplay(db, id))!;
    if (!['waiting', 'running'].includes(replay.state) || deps.signal.aborted) return replay;
    deps.onProgress(replay);
    const task = await claimReplay(db, id);
    if (!task) {
      await sleep(lookMs, undefined, { signal: deps.signal }).catch(() => undefined);
      continue;
    }
    try {
      const finished = await runReplay(task, {
        db,
        merge: mergeEvents,
        normalize: createNormalize(),
        waiting: () => 0,
        signal: deps.signal,
        onProgress: ({ at: _, changedCalls, ...now }, total) =>
          deps.onProgress({ ...replay, ...now, changed_calls: changedCalls, total }),
      });
      if (finished) await finishReplay(db, id, null);
      else await releaseReplay(db, id);
    } catch (error) {
      // a running Aria went on with it: follow it
      if (error instanceof ReplayTaken) continue;
      await releaseReplay(db, id).catch(() => undefined);
      throw error;
    }
  }
}
