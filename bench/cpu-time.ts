import { readdirSync, readFileSync } from 'node:fs';

/** Fields of /proc/<pid>/stat behind the command: parent, then user and system time, own and of ended children. */
type Stat = { parent: number; ticks: number };

/** Linux counts in hundredths of a second. */
const tickMs = 10;

function readStat(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [, parent = 0] = fields;
    return { parent, ticks: fields.slice(11, 15).reduce((a, b) => a + b, 0) };
  } catch {
    return null;
  }
}

/**
 * Milliseconds of processor time that these processes and their children have taken, ended ones too: says what work costs
 * where other programs make the clock useless. Null where there is no /proc.
 * @param children false: of the processes alone
 */
export function cpuMs(pids: number[], children = true): number | null {
  const wanted = new Set(pids);
  let ticks: number | null = null;
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? readStat(Number(name)) : null;
    if (stat && (wanted.has(Number(name)) || (children && wanted.has(stat.parent))))
      ticks = (ticks ?? 0) + stat.ticks;
  }
  return ticks === null ? null : ticks * tickMs;
}
