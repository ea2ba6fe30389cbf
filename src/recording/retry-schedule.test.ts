import { expect, test } from 'vitest';
import { recordingRetries } from './retry-schedule.ts';

test('row 136: retries begin after 5 seconds, never come closer together, and last 24 hours', () => {
  expect(recordingRetries[0]).toBe(5);
  expect(recordingRetries).toEqual([...recordingRetries].sort((a, b) => a - b));
  const hours = recordingRetries.reduce((sum, seconds) => sum + seconds, 0) / 3600;
  expect(hours).toBeGreaterThanOrEqual(24);
  expect(hours).toBeLessThan(36);
});

test('row 136: a recording that is ready within two minutes is there at most a minute later', () => {
  let at = 0;
  for (const wait of recordingRetries) {
    if (at < 120) expect(wait).toBeLessThanOrEqual(60);
    at += wait;
  }
});
