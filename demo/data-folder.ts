import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findRunning, startEmbedded } from '../src/db/embedded/server.ts';
import { DemoFault } from './demo-fault.ts';

const processFile = 'demo-processes.json';

/**
 * Makes the demo's data folder anew. An embedded database that a killed demo left running is stopped first.
 * @throws DemoFault when a demo still runs there
 */
export async function makeFreshFolder(folder: string): Promise<void> {
  if (existsSync(join(folder, processFile))) {
    const left = Object.entries(JSON.parse(await readFile(join(folder, processFile), 'utf8')));
    const alive = left.find(([, pid]) => isAlive(Number(pid)));
    if (alive !== undefined)
      throw new DemoFault(
        `${folder} is in use by an earlier demo (${alive[0]}, process ${alive[1]}). Stop that one with Ctrl-C or kill ${alive[1]}; if it is some other program by now, remove ${join(folder, processFile)}.`,
      );
  }
  const database = join(folder, 'postgres');
  if ((await findRunning(database)) !== null) await (await startEmbedded({ folder: database })).stop();
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
}

/** Notes who uses the folder, for the next demo. */
export async function noteProcesses(
  folder: string,
  processes: { demo: number; aria: number },
): Promise<void> {
  await writeFile(join(folder, processFile), JSON.stringify(processes));
}

/** Takes the note away: nobody uses the folder any more. */
export async function forgetProcesses(folder: string): Promise<void> {
  await rm(join(folder, processFile), { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
