import { expect, test } from 'vitest';
import { decideRetry } from './retries.ts';

const now = new Date('2026-01-01T00:00:00Z');
const decide = (retry: Parameters<typeof decideRetry>[0], attempt: number) =>
  decideRetry(retry, attempt, [5, 60], now, () => 0);

test('soon follows the schedule, then fails', () => {
  expect(decide('soon', 1)).toEqual({ state: 'retrying', dueAt: new Date('2026-01-01T00:00:05Z') });
  expect(decide('soon', 2)).toEqual({ state: 'retrying', dueAt: new Date('2026-01-01T00:01:00Z') });
  expect(decide('soon', 3).state).toBe('failed');
});

test('jitter only ever adds, up to a fifth', () => {
  const late = decideRetry('soon', 2, [5, 60], now, () => 0.999);
  expect(late.dueAt.getTime() - now.getTime()).toBeGreaterThan(60_000);
  expect(late.dueAt.getTime() - now.getTime()).toBeLessThan(72_000);
});

test('a set time is honoured while attempts are left, and is never in the past', () => {
  const at = new Date('2026-01-01T01:00:00Z');
  expect(decide({ at }, 1)).toEqual({ state: 'retrying', dueAt: at });
  expect(decide({ at: new Date(0) }, 1).dueAt).toEqual(now);
  expect(decide({ at }, 3).state).toBe('failed');
});

test('a bound is kept to without shortening the schedule', () => {
  const late = new Date('2026-01-01T01:00:00Z');
  expect(decide({ notBefore: late }, 1)).toEqual({ state: 'retrying', dueAt: late });
  // a server that always says "one second" must not use the schedule up within seconds
  const early = new Date('2026-01-01T00:00:01Z');
  expect(decide({ notBefore: early }, 2).dueAt).toEqual(new Date('2026-01-01T00:01:00Z'));
  expect(decide({ notBefore: late }, 3).state).toBe('failed');
});

test('never fails at once, park waits for somebody', () => {
  expect(decide('never', 1).state).toBe('failed');
  expect(decide('park', 1).state).toBe('parked');
});
