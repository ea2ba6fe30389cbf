import { readFile, writeFile } from 'node:fs/promises';

const lookMs = 500;
/** Of the system's choice whom to end when memory runs out: rather this process than Aria or the database. */
const sacrifice = '800';

/** Resident memory of a process in MB, or null where the system does not tell (it does on Linux). */
export async function residentMb(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
  return kilobytes ? Number(kilobytes) / 1024 : null;
}

/**
 * Looks twice a second whether a process keeps to its memory, native work included. Where the system does not tell,
 * nothing is limited.
 * @param onExceeded called once, with what the process holds in MB
 * @returns ends the watching
 */
export function watchMemory(pid: number, limitMb: number, onExceeded: (heldMb: number) => void): () => void {
  writeFile(`/proc/${pid}/oom_score_adj`, sacrifice).catch(() => undefined);
  let watching = true;
  const end = () => {
    watching = false;
    clearInterval(timer);
  };
  const timer = setInterval(async () => {
    const held = await residentMb(pid);
    if (!watching || held === null || held <= limitMb) return;
    end();
    onExceeded(held);
  }, lookMs);
  timer.unref();
  return end;
}
