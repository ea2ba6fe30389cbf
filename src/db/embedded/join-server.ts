import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type EmbeddedServer, startEmbedded } from './server.ts';
import { inTurn } from './turn.ts';

/** Held, shared, by every process that uses the server; it goes away with its holder's session. */
const userLock = 4_040_002;
const pauseMs = 250;
/** SQLSTATE cannot_connect_now: the server is starting or recovering. */
const startingUp = '57P03';
/** Crash recovery reads all that was written since the last checkpoint. */
const recoverySeconds = 120;

/** The server of a folder in use by this process. `session` lasts as long as the server. */
export type JoinedServer = { url: string; session: pg.Client; leave: () => Promise<void> };

/**
 * Starts (or adopts) the server of a folder. Processes take turns in coming and leaving, and the last one to leave
 * stops the server.
 * @throws UserError
 */
export async function joinServer(folder: string): Promise<JoinedServer> {
  return inTurn(folder, async () => {
    const { server, session } = await startSoon(folder);
    await session.query('select pg_advisory_lock_shared($1)', [userLock]);
    const leave = () =>
      inTurn(folder, async () => {
        const last = await isLast(session);
        await session.end();
        if (last) await server.stop();
      });
    return { url: server.url, session, leave };
  });
}

/** Nobody comes meanwhile, since it is our turn. A session that was lost tells of a server that is lost as well. */
async function isLast(session: pg.Client): Promise<boolean> {
  try {
    await session.query('select pg_advisory_unlock_shared($1)', [userLock]);
    const { rows } = await session.query('select pg_try_advisory_lock($1) as alone', [userLock]);
    return rows[0].alone;
  } catch {
    return true;
  }
}

async function startSoon(folder: string): Promise<{ server: EmbeddedServer; session: pg.Client }> {
  for (const deadline = Date.now() + recoverySeconds * 1000; ; await sleep(pauseMs)) {
    try {
      const server = await startEmbedded({ folder });
      return { server, session: await connect(server.url) };
    } catch (error) {
      if (!passes(error) || Date.now() > deadline) throw error;
    }
  }
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
