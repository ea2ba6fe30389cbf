import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Process id of the server whose cluster is in the folder. @throws ENOENT when there is none */
export function postmasterOf(folder: string): number {
  return Number(readFileSync(join(folder, 'cluster/postmaster.pid'), 'utf8').split('\n')[0]);
}

/** The server and all its backends: stopping the first alone leaves the others at work. Linux only. */
export function processesOf(postmaster: number): number[] {
  const isChild = (pid: string) => {
    try {
      // the name in brackets may hold spaces; state and parent follow it
      const parent = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')[1];
      return Number(parent) === postmaster;
    } catch {
      return false;
    }
  };
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isChild(name));
  return [postmaster, ...children.map(Number)];
}

/** Waits until none of the processes is left. */
export async function untilGone(pids: number[]): Promise<void> {
  const isThere = (pid: number) => existsSync(`/proc/${pid}`);
  while (pids.some(isThere)) await sleep(5);
}

/** Sends a signal to processes, some of which may have ended meanwhile. */
export function signalAll(pids: number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
