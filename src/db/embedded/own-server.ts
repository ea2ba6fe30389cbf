import { setTimeout as sleep } from 'node:timers/promises';
import { type JoinedServer, joinServer } from './join-server.ts';

/** Taken in the database by the process that owns the folder; it goes away with its owner's session. */
const ownerLock = 4_040_001;
/** Milliseconds between tries to start the server again; a full disk may take a while. */
const firstPauseMs = 250;
const longestPauseMs = 5_000;

/** A server that is this process's alone but for commands beside it, and is started again whenever it ends. */
export type OwnedServer = { url: string; stop: () => Promise<void> };

/**
 * Starts (or adopts) the server of a folder and owns it until `stop`: when it is killed, runs out of memory or
 * disk, it is started again. The lost session of the owner tells that it ended.
 * @param report told what happens, in words for the operator
 * @returns null when another process owns the folder
 */
export async function ownServer(
  folder: string,
  report: (message: string) => void,
): Promise<OwnedServer | null> {
  let stopping = false;
  let restarting: Promise<void> | null = null;

  async function take(): Promise<JoinedServer | null> {
    const joined = await joinServer(folder);
    const { rows } = await joined.session.query('select pg_try_advisory_lock($1) as taken', [ownerLock]);
    if (!rows[0].taken) {
      await joined.leave();
      return null;
    }
    joined.session.on('end', () => {
      if (!stopping) restarting ??= restart().finally(() => (restarting = null));
    });
    return joined;
  }

  async function restart(): Promise<void> {
    report('The embedded PostgreSQL ended; it is started again.');
    for (let pause = firstPauseMs; !stopping; pause = Math.min(2 * pause, longestPauseMs)) {
      try {
        const taken = await take();
        if (taken) {
          owned = taken;
          report('The embedded PostgreSQL is back.');
          return;
        }
        report('Another Aria has taken the data folder meanwhile.');
      } catch (error) {
        report(String(error));
      }
      await sleep(pause);
    }
  }

  const first = await take();
  if (!first) return null;
  let owned = first;
  return {
    url: first.url,
    async stop() {
      stopping = true;
      await restarting;
      await owned.leave();
    },
  };
}
