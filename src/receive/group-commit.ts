/** Thrown when more items wait than may, or one has waited too long to be flushed: the caller answers 503. */
export class TooManyWaiting extends Error {
  override name = 'TooManyWaiting';
}

export type GroupCommit<Item, Result> = {
  /** Resolves when the item is durable. */
  submit: (item: Item) => Promise<Result>;
  /** Resolves when nothing waits or is in flight. */
  drained: () => Promise<void>;
  readonly waiting: number;
};

type Entry<Item, Result> = {
  item: Item;
  key: string;
  bytes: number;
  since: number;
  done: (result: Result) => void;
  fail: (error: unknown) => void;
};

const megabyte = 1 << 20;

/**
 * Natural group commit: no fixed window. A flush starts as soon as none is under way and takes all that waits, up to
 * `batch`; so a lone request waits for nobody, and under load one fsync serves dozens. Two at a time would wait for each
 * other's pages (docs/performance.md), so a further one, up to `flights`, starts only beside those that have taken
 * `slowMs`: one that hangs on a lock does not hold up everybody.
 *
 * What waits is bounded in number, bytes and time, so that a store that hangs costs neither the memory nor the
 * senders' patience: they hear of it and come back. What is under way is the store's to end.
 *
 * Items of one key never share a flush or fly at the same time: one statement may not touch a row twice, and
 * two flights may commit in either order.
 */
export function createGroupCommit<Item, Result>(options: {
  flush: (items: Item[]) => Promise<Result[]>;
  keyOf: (item: Item) => string;
  /** Bytes that an item takes in memory, roughly. */
  sizeOf?: (item: Item) => number;
  flights?: number;
  slowMs?: number;
  batch?: number;
  batchBytes?: number;
  maxWaiting?: number;
  maxWaitingBytes?: number;
  maxWaitMs?: number;
}): GroupCommit<Item, Result> {
  const { flush, keyOf, sizeOf = () => 0, flights = 2, slowMs = 50 } = options;
  const { batch = 256, batchBytes = 16 * megabyte } = options;
  const { maxWaiting = 20_000, maxWaitingBytes = 128 * megabyte, maxWaitMs = 10_000 } = options;
  let waiting: Entry<Item, Result>[] = [];
  const flyingKeys = new Set<string>();
  let waitingBytes = 0;
  let flying = 0;
  /** Of those that fly. */
  let slow = 0;
  let onIdle: (() => void)[] = [];

  function take(): Entry<Item, Result>[] {
    const taken: Entry<Item, Result>[] = [];
    const left: Entry<Item, Result>[] = [];
    let bytes = 0;
    let full = false;
    for (const entry of waiting) {
      // once full, nothing smaller may pass: it could be a later event of the same call
      full ||= taken.length === batch || (taken.length > 0 && bytes + entry.bytes > batchBytes);
      if (!full && !flyingKeys.has(entry.key)) {
        flyingKeys.add(entry.key);
        taken.push(entry);
        bytes += entry.bytes;
      } else {
        left.push(entry);
      }
    }
    waiting = left;
    waitingBytes -= bytes;
    return taken;
  }

  function mayLaunch(): boolean {
    return flying === slow && flying < flights;
  }

  function launch() {
    while (waiting.length > 0 && mayLaunch()) {
      const entries = take();
      if (entries.length === 0) return;
      flying++;
      void fly(entries);
    }
  }

  async function fly(entries: Entry<Item, Result>[]) {
    let isSlow = false;
    const watchdog = setTimeout(() => {
      isSlow = true;
      slow++;
      launch();
    }, slowMs);
    try {
      const results = await flush(entries.map((entry) => entry.item));
      entries.forEach((entry, i) => {
        entry.done(results[i]!);
      });
    } catch (error) {
      for (const entry of entries) entry.fail(error);
    }
    for (const entry of entries) flyingKeys.delete(entry.key);
    clearTimeout(watchdog);
    if (isSlow) slow--;
    flying--;
    launch();
    if (flying === 0 && waiting.length === 0) {
      for (const idle of onIdle) idle();
      onIdle = [];
    }
  }

  let watching = false;
  /** Looks now and then, while anything waits, for what has waited too long; the oldest stand first. */
  function watch() {
    if (watching || waiting.length === 0) return;
    watching = true;
    setTimeout(() => {
      watching = false;
      const latest = performance.now() - maxWaitMs;
      const fresh = waiting.findIndex((entry) => entry.since > latest);
      for (const entry of waiting.splice(0, fresh < 0 ? waiting.length : fresh)) {
        waitingBytes -= entry.bytes;
        entry.fail(new TooManyWaiting());
      }
      watch();
    }, maxWaitMs / 10).unref();
  }

  let scheduled = false;
  return {
    submit(item) {
      const bytes = sizeOf(item);
      if (waiting.length >= maxWaiting || waitingBytes + bytes > maxWaitingBytes) {
        return Promise.reject(new TooManyWaiting());
      }
      return new Promise((done, fail) => {
        waiting.push({ item, key: keyOf(item), bytes, since: performance.now(), done, fail });
        waitingBytes += bytes;
        watch();
        if (scheduled || !mayLaunch()) return;
        scheduled = true;
        // requests read in the same turn of the event loop go together
        setImmediate(() => {
          scheduled = false;
          launch();
        });
      });
    },
    drained() {
      if (flying === 0 && waiting.length === 0) return Promise.resolve();
      return new Promise((idle) => onIdle.push(idle));
    },
    get waiting() {
      return waiting.length;
    },
  };
}
