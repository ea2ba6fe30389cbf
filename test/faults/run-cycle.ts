import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './faults.ts';
import { startSenders } from './senders.ts';
import type { Site } from './site.ts';
import { newTally } from './tally.ts';
import { type Verdict, verify } from './verify.ts';

export type CycleResult = Verdict & {
  fault: string;
  outcomes: Record<string, number>;
  wrong: string[];
  /** Milliseconds from the end of the fault to the first event acknowledged again. */
  recoveryMs: number;
  rssMb: number | null;
};

const senderCount = 8;
/** By itself, within seconds: a minute is a failure, even on a busy machine. */
const recoveryLimitMs = 30_000;

/** Load, a fault at a random moment, recovery, rest; then the store is compared with the answers. */
export async function runCycle(site: Site, fault: Fault, prefix: string): Promise<CycleResult> {
  const tally = newTally();
  const { url, keys } = site;
  const senders = startSenders({ url, keys, tally, count: senderCount, prefix, mayDrop: fault.mayDrop });
  try {
    await sleep(500 + Math.random() * 1_000);
    await fault.strike(site);
    const over = performance.now();
    while (tally.lastAcknowledged <= over && performance.now() - over < recoveryLimitMs) await sleep(10);
    const recoveryMs = Math.round(tally.lastAcknowledged - over);
    if (recoveryMs < 0)
      throw new Error(
        `no recovery after ${fault.name} within ${recoveryLimitMs / 1000} s; Aria says: ${site.aria.output().slice(-1_500)}`,
      );
    await sleep(500);
    await senders.stop();
    const verdict = await verify(site.databaseUrl, prefix, tally);
    const { outcomes, wrong } = tally;
    return { ...verdict, fault: fault.name, outcomes, wrong, recoveryMs, rssMb: site.aria.rssMb() };
  } finally {
    await senders.stop();
  }
}

/** What is not as it must be, in words; empty: nothing. */
export function complaints(result: CycleResult): string[] {
  const few = (what: string, items: string[]) =>
    items.length > 0 ? [`${result.fault}: ${items.length} ${what}: ${items.slice(0, 5).join(' | ')}`] : [];
  return [
    ...few('acknowledged events lost', result.lost),
    ...few('events doubled', result.doubled),
    ...few('events that nobody sent', result.invented),
    ...few('calls that differ from their events', result.wrongCalls),
    ...few('wrong answers', result.wrong),
    ...(result.acknowledged === 0 ? [`${result.fault}: nothing was acknowledged`] : []),
    ...((result.rssMb ?? 0) > rssLimitMb ? [`${result.fault}: Aria holds ${result.rssMb} MB`] : []),
  ];
}

const rssLimitMb = 900;
