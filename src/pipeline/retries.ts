import type { Failure } from '../domain/failure.ts';
import type { StageState } from '../domain/stage.ts';

/** What becomes of a stage after a failure. */
export type Verdict = { state: Extract<StageState, 'retrying' | 'parked' | 'failed'>; dueAt: Date };

/** Up to a fifth is added at random, so that what failed together does not return together. */
const jitter = 0.2;

/**
 * @param attempt how often the stage was tried, this failure included
 * @param schedule seconds to wait after the first, second, … failure; past its end the stage has failed
 */
export function decideRetry(
  retry: Failure['retry'],
  attempt: number,
  schedule: readonly number[],
  now: Date,
  random: () => number = Math.random,
): Verdict {
  if (retry === 'never') return { state: 'failed', dueAt: now };
  if (retry === 'park') return { state: 'parked', dueAt: now };
  const seconds = schedule[attempt - 1];
  if (seconds === undefined) return { state: 'failed', dueAt: now };
  if (typeof retry === 'object' && 'at' in retry) {
    return { state: 'retrying', dueAt: retry.at > now ? retry.at : now };
  }
  const wait = seconds * 1000 * (1 + jitter * random());
  const earliest = typeof retry === 'object' ? retry.notBefore.getTime() : 0;
  return { state: 'retrying', dueAt: new Date(Math.max(now.getTime() + wait, earliest)) };
}
