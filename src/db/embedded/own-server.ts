import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type EmbeddedServer, startEmbedded } from './server.ts';

/** Taken in the database by the process that owns the folder; it goes away with its owner's session. */
const ownerLock = 4_040_001;
/** Milliseconds between tries to start the server again; a full disk may take a while. */
const firstPauseMs = 250;
const longestPauseMs = 5_000;
/** SQLSTATE cannot_connect_now: the server is starting or recovering. */
const startingUp = '57P03';
/** Crash recovery reads all that was written since the last checkpoint. */
const recoverySeconds = 120;

/** A server that is this process's alone, and is started again whenever it ends. */
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

  async function take(): Promise<{ server: EmbeddedServer; session: pg.Client } | null> {
    const server = await startEmbedded({ folder });
    const session = await connect(server.url);
    const { rows } = await session.query('select pg_try_advisory_lock($1) as taken', [ownerLock]);
    if (!rows[0].taken) {
      await session.end();
      return null;
    }
    session.on('end', () => {
      if (!stopping) restarting ??= restart().finally(() => (restarting = null));
    });
    return { server, session };
  }

  async function takeSoon() {
    for (const deadline = Date.now() + recoverySeconds * 1000; ; await sleep(firstPauseMs)) {
      try {
        return await take();
      } catch (error) {
        if (!passes(error) || Date.now() > deadline) throw error;
      }
    }
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

  const first = await takeSoon();
  if (!first) return null;
  let owned = first;
  return {
    url: first.server.url,
    async stop() {
      stopping = true;
      await restarting;
      await owned.session.end();
      await owned.server.stop();
    },
  };
}

async function connect(url: string): Promise<pg.Client> {
  const session = new pg.Client({ connectionString: url, keepAlive: true, application_name: 'aria owner' });
  // the end that follows is what counts
  session.on('error', () => undefined);
  await session.connect();
  return session;
}

/** Whether the server, or one that is just dying, only needs a moment. */
function passes(error: unknown): boolean {
  const { code, message } = error as { code?: string; message: string };
  if (code === startingUp || code === 'ECONNREFUSED' || code === 'ENOENT') return true;
  return /pre-existing shared memory block|lock file .* already exists/.test(message);
}
