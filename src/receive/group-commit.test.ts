import { afterEach, expect, test, vi } from 'vitest';
import { createGroupCommit, TooManyWaiting } from './group-commit.ts';

afterEach(() => {
  vi.useRealTimers();
});

type Item = { key: string; bytes: number };

/** A store that hangs until it is told to go on. */
function slowStore(limits: {
  batchBytes?: number;
  maxWaiting?: number;
  maxWaitingBytes?: number;
  maxWaitMs?: number;
  flights?: number;
}) {
  const flushes: { items: Item[]; finish: () => void; fail: (error: Error) => void }[] = [];
  const group = createGroupCommit<Item, string>({
    flush: (items) =>
      new Promise((done, fail) => {
        flushes.push({ items, finish: () => done(items.map((item) => item.key)), fail });
      }),
    keyOf: (item) => item.key,
    sizeOf: (item) => item.bytes,
    flights: 1,
    ...limits,
  });
  const submit = (key: string, bytes = 1) => group.submit({ key, bytes });
  return { flushes, group, submit };
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

test('what arrives together is flushed together, and each gets its own result', async () => {
  const { flushes, submit } = slowStore({});
  const all = Promise.all(['a', 'b', 'c'].map((key) => submit(key)));
  await nextTurn();
  flushes[0]!.finish();
  expect(await all).toEqual(['a', 'b', 'c']);
  expect(flushes).toHaveLength(1);
});

test('items of one key follow each other, in their order', async () => {
  const { flushes, submit, group } = slowStore({});
  const all = Promise.all([submit('a', 1), submit('a', 2), submit('b', 3), submit('a', 4)]);
  for (let flush = 0; flush < 3; flush++) {
    await nextTurn();
    flushes[flush]!.finish();
  }
  await all;
  await group.drained();
  expect(flushes.map(({ items }) => items.map((item) => item.bytes))).toEqual([[1, 3], [2], [4]]);
});

test('a flush holds no more bytes than it may, and nothing overtakes what did not fit', async () => {
  const { flushes, submit } = slowStore({ batchBytes: 10 });
  const all = Promise.all([submit('a', 6), submit('b', 6), submit('b', 1), submit('c', 50)]);
  for (let flush = 0; flush < 4; flush++) {
    await nextTurn();
    flushes[flush]!.finish();
  }
  await all;
  expect(flushes.map(({ items }) => items.map((item) => item.bytes))).toEqual([[6], [6], [1], [50]]);
});

test('more items or bytes than may wait are refused at once', async () => {
  const many = slowStore({ maxWaiting: 2 });
  for (const key of ['a', 'b']) void many.submit(key);
  await expect(many.submit('c')).rejects.toThrow(TooManyWaiting);
  const large = slowStore({ maxWaitingBytes: 10 });
  void large.submit('a', 8);
  await expect(large.submit('b', 8)).rejects.toThrow(TooManyWaiting);
  await nextTurn();
  // the first is under way and waits no more
  void large.submit('c', 8);
  expect(large.group.waiting).toBe(1);
});

test('what waited too long behind a store that hangs is refused; what is under way is not', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
  const { flushes, submit, group } = slowStore({ maxWaitMs: 1_000 });
  const first = submit('a');
  await nextTurn();
  const second = expect(submit('b')).rejects.toThrow(TooManyWaiting);
  vi.advanceTimersByTime(600);
  const third = submit('c');
  vi.advanceTimersByTime(600);
  await second;
  expect(group.waiting).toBe(1);
  flushes[0]!.finish();
  await first;
  flushes[1]!.finish();
  expect(await third).toBe('c');
});

test('a flush that fails tells its own items only', async () => {
  const { flushes, submit } = slowStore({});
  const first = expect(submit('a')).rejects.toThrow('disk');
  await nextTurn();
  const second = submit('b');
  flushes[0]!.fail(new Error('disk'));
  await first;
  flushes[1]!.finish();
  expect(await second).toBe('b');
});

test('a second flush starts beside one that is slow, without the items of its keys; a third does not', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const { flushes, submit, group } = slowStore({ flights: 2 });
  const hung = submit('a', 1);
  await nextTurn();
  const others = Promise.all([submit('a', 2), submit('b', 3), submit('c', 4)]);
  await nextTurn();
  expect(flushes).toHaveLength(1);
  vi.advanceTimersByTime(50);
  expect(flushes[1]!.items.map((item) => item.bytes)).toEqual([3, 4]);
  void submit('d', 5);
  vi.advanceTimersByTime(500);
  expect(flushes).toHaveLength(2);
  flushes[1]!.finish();
  await nextTurn();
  // the first still hangs: what comes now goes beside it at once
  expect(flushes[2]!.items.map((item) => item.bytes)).toEqual([5]);
  flushes[0]!.finish();
  flushes[2]!.finish();
  await nextTurn();
  flushes[3]!.finish();
  await Promise.all([hung, others, group.drained()]);
  expect(flushes[3]!.items.map((item) => item.bytes)).toEqual([2]);
});

test('once a slow flush has landed, flushes follow one another again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const { flushes, submit } = slowStore({ flights: 2 });
  const slow = submit('a');
  await nextTurn();
  vi.advanceTimersByTime(60);
  flushes[0]!.finish();
  await slow;
  const quick = submit('b');
  await nextTurn();
  const waits = submit('c');
  await nextTurn();
  expect(flushes).toHaveLength(2);
  flushes[1]!.finish();
  await quick;
  flushes[2]!.finish();
  expect(await waits).toBe('c');
});
