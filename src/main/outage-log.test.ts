import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { watchOutages } from './outage-log.ts';

const away = () => Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });

test('an outage is told once, however many meet it, and its end once', async () => {
  const told: string[] = [];
  let reachable = false;
  const reach = async () => {
    if (!reachable) throw away();
  };
  const outage = watchOutages({ reach, tell: (message) => told.push(message), every: 5 });
  for (const error of [away(), new Error('Connection terminated unexpectedly'), { code: '57P01' }])
    expect(outage.covers(error)).toBe(true);
  await sleep(30);
  expect(told).toEqual([expect.stringContaining('cannot be reached (connect)')]);
  reachable = true;
  await expect.poll(() => told.length).toBe(2);
  expect(told[1]).toContain('is back');
  outage.covers(away());
  expect(told).toHaveLength(3);
  outage.stop();
});

test.each([new Error('no'), Object.assign(new Error('file'), { code: 'ENOENT' }), { code: '23505' }, null])(
  'what is no outage is left to the log: %s',
  (error) => {
    const outage = watchOutages({ reach: async () => undefined, tell: () => expect.unreachable() });
    expect(outage.covers(error)).toBe(false);
  },
);
