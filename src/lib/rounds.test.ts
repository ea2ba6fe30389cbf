import { expect, test } from 'vitest';
import { startRounds } from './rounds.ts';

const never = 1_000_000;
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('a kick during a round is followed by one more round, never by two at a time', async () => {
  let rounds = 0;
  let atOnce = 0;
  let release = () => {};
  const worker = startRounds({
    async round() {
      rounds++;
      expect(++atOnce).toBe(1);
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      atOnce--;
    },
    pollMs: never,
    onError: (error) => expect.fail(String(error)),
  });
  worker.kick();
  worker.kick();
  release();
  await turn();
  expect(rounds).toBe(2);
  release();
  await turn();
  expect(rounds).toBe(2);
  worker.kick();
  await turn();
  expect(rounds).toBe(3);
  release();
  await worker.stop();
});

test('a fault is told, and the next kick is served', async () => {
  const faults: unknown[] = [];
  let rounds = 0;
  const worker = startRounds({
    async round() {
      if (++rounds === 1) throw new Error('away');
    },
    pollMs: never,
    onError: (error) => faults.push(error),
  });
  await turn();
  worker.kick();
  await turn();
  expect([rounds, faults.length]).toEqual([2, 1]);
  await worker.stop();
});

test('stopping aborts the round, waits for its end, and lets none follow', async () => {
  let rounds = 0;
  let ended = false;
  const worker = startRounds({
    async round(signal) {
      rounds++;
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      ended = true;
    },
    pollMs: never,
    onError: (error) => expect.fail(String(error)),
  });
  worker.kick();
  await worker.stop();
  expect(ended).toBe(true);
  worker.kick();
  await turn();
  expect(rounds).toBe(1);
});
