/** Thrown at once, without waiting, when more items wait than may: the caller answers 503. */
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
  done: (result: Result) => void;
  fail: (error: unknown) => void;
};

/**
 * Natural group commit: no timer. A flush starts as soon as fewer than `flights` are under way and takes all
 * that waits, up to `batch`; so a lone request waits for nobody, and under load one fsync serves dozens.
 * Two flights were measured best (docs/performance.md).
 *
 * Items of one key never share a flush or fly at the same time: one statement may not touch a row twice, and
 * two flights may commit in either order.
 */
export function createGroupCommit<Item, Result>(options: {
  flush: (items: Item[]) => Promise<Result[]>;
  keyOf: (item: Item) => string;
  flights?: number;
  batch?: number;
  maxWaiting?: number;
}): GroupCommit<Item, Result> {
  const { flush, keyOf, flights = 2, batch = 256, maxWaiting = 20_000 } = options;
  let waiting: Entry<Item, Result>[] = [];
  const flyingKeys = new Set<string>();
  let flying = 0;
  let onIdle: (() => void)[] = [];

  function take(): Entry<Item, Result>[] {
    const taken: Entry<Item, Result>[] = [];
    const left: Entry<Item, Result>[] = [];
    for (const entry of waiting) {
      if (taken.length < batch && !flyingKeys.has(entry.key)) {
        flyingKeys.add(entry.key);
        taken.push(entry);
      } else {
        left.push(entry);
      }
    }
    waiting = left;
    return taken;
  }

  function launch() {
    while (flying < flights && waiting.length > 0) {
      const entries = take();
      if (entries.length === 0) return;
      flying++;
      void fly(entries);
    }
  }

  async function fly(entries: Entry<Item, Result>[]) {
    try {
      const results = await flush(entries.map((entry) => entry.item));
      entries.forEach((entry, i) => {
        entry.done(results[i]!);
      });
    } catch (error) {
      for (const entry of entries) entry.fail(error);
    }
    for (const entry of entries) flyingKeys.delete(entry.key);
    flying--;
    launch();
    if (flying === 0 && waiting.length === 0) {
      for (const idle of onIdle) idle();
      onIdle = [];
    }
  }

  let scheduled = false;
  return {
    submit(item) {
      if (waiting.length >= maxWaiting) return Promise.reject(new TooManyWaiting());
      return new Promise((done, fail) => {
        waiting.push({ item, key: keyOf(item), done, fail });
        if (scheduled || flying >= flights) return;
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
