import { parseArgs } from 'node:util';
import { type Fault, faults } from './faults.ts';
import { type CycleResult, complaints, runCycle } from './run-cycle.ts';
import { canMount, openSite, type Site, type SiteKind } from './site.ts';

/** Breaks a running Aria under load, again and again, and compares the store with what the senders were told. */
const { values: options } = parseArgs({
  options: {
    cycles: { type: 'string', default: String(faults.length) },
    only: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
  },
});

const results: CycleResult[] = [];
const sites = new Map<SiteKind, Site>();
try {
  const chosen = await chooseFaults(options.only.split(',').filter(Boolean));
  for (let cycle = 0; cycle < Number(options.cycles); cycle++) {
    const fault = chosen[cycle % chosen.length]!;
    const site = sites.get(fault.site) ?? (await openSite(fault.site));
    sites.set(fault.site, site);
    const result = await runCycle(site, fault, `c${cycle}`);
    results.push(result);
    tell(cycle, result);
  }
} finally {
  for (const site of sites.values()) await site.close();
}
report();

async function chooseFaults(only: string[]): Promise<Fault[]> {
  const unknown = only.filter((name) => !faults.some((fault) => fault.name === name));
  if (unknown.length > 0) throw new Error(`No such fault: ${unknown.join(', ')}`);
  const chosen = faults.filter((fault) => only.length === 0 || only.includes(fault.name));
  if (await canMount()) return chosen;
  process.stderr.write('SKIPPED: full-disk. This user may not mount a small disk; run as root to try it.\n');
  return chosen.filter((fault) => fault.site !== 'small-disk');
}

function tell(cycle: number, result: CycleResult): void {
  const { fault, acknowledged, recoveryMs, rssMb, outcomes } = result;
  process.stderr.write(
    `${String(cycle + 1).padStart(3)} ${fault.padEnd(16)} ${acknowledged} acknowledged, recovered in ${recoveryMs} ms, ${rssMb} MB, ${JSON.stringify(outcomes)}\n`,
  );
  for (const complaint of complaints(result)) process.stderr.write(`    ${complaint}\n`);
}

function summary(of: CycleResult[]) {
  const sum = (pick: (result: CycleResult) => number) =>
    of.reduce((total, result) => total + pick(result), 0);
  return {
    cycles: of.length,
    acknowledged: sum((r) => r.acknowledged),
    lost: sum((r) => r.lost.length),
    doubled: sum((r) => r.doubled.length),
    wrong_calls: sum((r) => r.wrongCalls.length),
    wrong_answers: sum((r) => r.wrong.length),
    recovery_ms_max: Math.max(...of.map((r) => r.recoveryMs)),
    rss_mb_max: Math.max(...of.map((r) => r.rssMb ?? 0)),
  };
}

function report(): void {
  const byFault = Map.groupBy(results, (result) => result.fault);
  const by_fault = Object.fromEntries([...byFault].map(([fault, of]) => [fault, summary(of)]));
  const all = summary(results);
  if (options.json) process.stdout.write(`${JSON.stringify({ ...all, by_fault })}\n`);
  else {
    process.stdout.write(
      `${all.cycles} cycles, ${all.acknowledged} events acknowledged, ${all.lost} lost, ${all.doubled} doubled, ${all.wrong_answers} wrong answers\n`,
    );
  }
  if (results.some((result) => complaints(result).length > 0)) process.exitCode = 1;
}
