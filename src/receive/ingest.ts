import type pg from 'pg';
import type { Database } from '../db/database.ts';
import { type EventRow, type StoredEvent, storeEvents } from './event-store.ts';
import { findStaleCalls, foldCalls, type Merge } from './fold-calls.ts';
import { createGroupCommit, type GroupCommit } from './group-commit.ts';

/** SQLSTATE classes 22 (data) and 54 (limits): the row is at fault, not the database. */
const rowAtFault = /^(22|54)/;
/** cardinality_violation: two rows of the batch are one event, though they name their calls differently. */
const rowsCollide = '21000';
/** Deadlock and serialisation failure: the same batch goes through when tried again. */
const tryAgain = new Set(['40P01', '40001']);

export type Ingest = GroupCommit<EventRow, StoredEvent> & {
  /** Whether the last flush failed, a moment ago: the store is away or full, though it may answer. */
  readonly isFailing: boolean;
};

/** A failure says nothing about the store once this long nobody has tried. */
const failureCountsMs = 30_000;

/** The way of every event to disk: batches, retries, and folding of calls whose events came out of order. */
export function createIngest(deps: {
  pool: pg.Pool;
  db: Database;
  merge: Merge;
  /** Called after each flush: there may be new work for the pipeline. */
  onStored: () => void;
  /** Told when calls left behind by a failed flush cannot be folded yet. */
  onError: (error: unknown) => void;
}): Ingest {
  /**
   * A flush failed, so there may be calls that are stored but not folded: the database went away in between, or
   * committed without being able to tell us.
   */
  let isSuspect = false;
  let failedAt = Number.NEGATIVE_INFINITY;

  async function flush(rows: EventRow[]): Promise<StoredEvent[]> {
    const wasSuspect = isSuspect;
    try {
      const stored = await storeBatch(deps.pool, rows);
      const stale = stored.flatMap((event) => (event.stale && event.callId ? [event.callId] : []));
      if (stale.length > 0) await foldCalls(deps.db, deps.merge, stale);
      if (wasSuspect) void mend();
      failedAt = Number.NEGATIVE_INFINITY;
      deps.onStored();
      return stored;
    } catch (error) {
      isSuspect = true;
      failedAt = performance.now();
      throw error;
    }
  }

  async function mend(): Promise<void> {
    isSuspect = false;
    try {
      await foldCalls(deps.db, deps.merge, await findStaleCalls(deps.db));
    } catch (error) {
      isSuspect = true;
      deps.onError(error);
    }
  }

  const commit = createGroupCommit({ flush, keyOf: placeOf, sizeOf });
  return {
    submit: commit.submit,
    drained: commit.drained,
    get waiting() {
      return commit.waiting;
    },
    get isFailing() {
      return performance.now() - failedAt < failureCountsMs;
    },
  };
}

/** Events of one call are stored one after the other; so are exact repeats of an event without a call. */
function placeOf(row: EventRow): string {
  return `${row.connectionId} ${row.callInstanceId ?? row.fingerprint.toString('base64')}`;
}

/** Bytes that the row takes, roughly. */
function sizeOf(row: EventRow): number {
  return (
    500 + row.body.length + row.query.length + row.fields.length + row.extra.length + row.warnings.length
  );
}

async function storeBatch(pool: pg.Pool, rows: EventRow[], attempt = 1): Promise<StoredEvent[]> {
  try {
    return await storeEvents(pool, rows);
  } catch (error) {
    const code = String((error as { code?: unknown }).code ?? '');
    if (tryAgain.has(code) && attempt < 5) return storeBatch(pool, rows, attempt + 1);
    if (!rowAtFault.test(code) && code !== rowsCollide) throw error;
    if (rows.length === 1) return storeUnread(pool, rows[0]!);
    // one bad row must not fail its neighbours: find it by halves
    const half = rows.length >> 1;
    return [...(await storeBatch(pool, rows.slice(0, half))), ...(await storeBatch(pool, rows.slice(half)))];
  }
}

/** What PostgreSQL cannot take as fields is kept as bytes, visible in quarantine. */
async function storeUnread(pool: pg.Pool, row: EventRow): Promise<StoredEvent[]> {
  const warning = {
    field: '',
    code: 'not_storable',
    message: 'The event was kept, but its values cannot be stored as fields.',
  };
  const stored = await storeEvents(pool, [
    {
      ...row,
      callInstanceId: null,
      status: 'quarantined',
      fields: '{}',
      extra: '{}',
      warnings: JSON.stringify([warning]),
    },
  ]);
  return stored.map((event) => ({ ...event, unstorable: true }));
}
