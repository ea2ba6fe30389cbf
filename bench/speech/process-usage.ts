import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Processor time and memory of this process's descendants, as far as Linux tells (/proc). */
export type Usage = {
  /** Seconds of processor time of all descendants seen. */
  cpuSeconds: number;
  /** The most that all of them together held at one moment, MB (resident). */
  peakMegabytes: number;
};

const ticksPerSecond = 100;

/** Looks at the descendants ten times a second until `stop`. */
export function watchDescendants(): { stop: () => Usage } {
  const before = new Map(descendants().map(({ id, ticks }) => [id, ticks]));
  const cpu = new Map<number, number>();
  let peak = 0;
  const look = () => {
    let together = 0;
    for (const { id, ticks, kilobytes } of descendants()) {
      cpu.set(id, (ticks - (before.get(id) ?? 0)) / ticksPerSecond);
      together += kilobytes;
    }
    peak = Math.max(peak, together);
  };
  const timer = setInterval(look, 100);
  return {
    stop: () => {
      look();
      clearInterval(timer);
      const cpuSeconds = [...cpu.values()].reduce((sum, seconds) => sum + seconds, 0);
      return { cpuSeconds: Number(cpuSeconds.toFixed(2)), peakMegabytes: Math.round(peak / 1024) };
    },
  };
}

function descendants(): { id: number; ticks: number; kilobytes: number }[] {
  if (!existsSync('/proc/self/stat')) return [];
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)));
  const family = new Set([process.pid]);
  for (let grown = -1; grown !== family.size; ) {
    grown = family.size;
    for (const { id, parent } of all) if (family.has(parent)) family.add(id);
  }
  return all.filter(({ id }) => id !== process.pid && family.has(id));
}

/** Fields of /proc/PID/stat (proc(5)): after the name in brackets come state, parent, … utime, stime, … rss in pages. */
function readProcess(id: number): { id: number; parent: number; ticks: number; kilobytes: number }[] {
  try {
    const text = readFileSync(`/proc/${id}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return [
      {
        id,
        parent: Number(fields[1]),
        ticks: Number(fields[11]) + Number(fields[12]),
        kilobytes: Number(fields[21]) * 4,
      },
    ];
  } catch {
    // it ended while the list was read
    return [];
  }
}
