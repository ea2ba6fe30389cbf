import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../../lib/user-error.ts';

const lookMs = 50;
/** Longer than making a cluster and recovering it take together. */
const patienceMs = 300_000;

/**
 * Runs the work while no other process of this machine is in its turn for the same folder. The turn is a socket that
 * is listened on, which the system gives back when its holder dies, however it dies.
 * @throws UserError when others take too long; whatever the work throws
 */
export async function inTurn<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const address = addressOf(folder);
  const deadline = performance.now() + patienceMs;
  let turn = await tryListen(address);
  while (!turn) {
    if (performance.now() > deadline) {
      throw new UserError(
        `Another Aria has been starting or stopping the embedded PostgreSQL of ${folder} for minutes. End it and try again.`,
      );
    }
    await sleep(lookMs);
    turn = await tryListen(address);
  }
  try {
    return await work();
  } finally {
    const closed = once(turn, 'close');
    turn.close();
    await closed;
  }
}

/** Linux has names of sockets outside the file system; elsewhere a file may outlive its holder. */
function addressOf(folder: string): string {
  const name = `aria-${createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 24)}.turn`;
  if (process.platform === 'linux') return `\0${name}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), name);
}

async function tryListen(address: string): Promise<Server | null> {
  const server = createServer((visitor) => visitor.destroy());
  try {
    server.listen(address);
    await once(server, 'listening');
    return server;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    if (!(await isAnswered(address))) await rm(address, { force: true });
    return null;
  }
}

/** Whether somebody listens; a name outside the file system exists only while somebody does. */
async function isAnswered(address: string): Promise<boolean> {
  if (address.startsWith('\0')) return true;
  const visit = connect(address);
  try {
    await once(visit, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    visit.destroy();
  }
}
