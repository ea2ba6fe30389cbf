import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { connectPool } from '../../src/db/database.ts';
import { newId } from '../../src/lib/ids.ts';
import { mergeEvents } from '../../src/normalize/merge.ts';
import type { EventRow } from '../../src/receive/event-store.ts';
import { createIngest } from '../../src/receive/ingest.ts';
import { databaseForTest } from '../support/database.ts';

function eventOf(callInstanceId: string, arrival: number, fields: Record<string, unknown>): EventRow {
  return {
    id: newId('evt'),
    newCallId: newId('call'),
    connectionId: 'con_1',
    callInstanceId,
    arrival,
    fingerprint: createHash('sha256').update(`${callInstanceId} ${arrival}`).digest(),
    status: 'accepted',
    kind: 'update',
    rank: 0,
    isTest: false,
    method: 'POST',
    query: '',
    contentType: 'application/json',
    body: Buffer.from('{}'),
    extra: '{}',
    warnings: '[]',
    mappingVersion: null,
    fields: JSON.stringify(fields),
  };
}

const gone = () => Object.assign(new Error('terminating connection'), { code: '57P01' });

/** An ingest whose database goes away on demand: before the answer of a statement, or before a fold. */
async function startTorn() {
  const { url, db } = await databaseForTest();
  const pool = connectPool(url, 2);
  onTestFinished(() => pool.end());
  const state = { answers: true, folds: true };
  const query = async (config: pg.QueryConfig) => {
    const result = await pool.query(config);
    if (!state.answers) throw gone();
    return result;
  };
  const ingest = createIngest({
    pool: { query } as unknown as pg.Pool,
    db,
    merge: (events) => {
      if (!state.folds) throw gone();
      return mergeEvents(events);
    },
    onStored: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
  const call = async () =>
    (await sql`select buyer_name, event_count, stale from call where call_instance_id = 'torn'`.execute(db))
      .rows[0];
  return { ingest, state, call };
}

test.each(['answers', 'folds'] as const)(
  'the database goes away before it %s: the sender is told to come back, the next event heals the call',
  async (what) => {
    const { ingest, state, call } = await startTorn();
    await ingest.submit(eventOf('torn', 200, { buyer_name: 'later' }));
    state[what] = false;
    await expect(ingest.submit(eventOf('torn', 100, { buyer_name: 'earlier' }))).rejects.toThrow(
      'terminating',
    );
    expect(await call()).toMatchObject({ stale: true });
    state[what] = true;
    await ingest.submit(eventOf('another', 300, {}));
    await expect.poll(call).toEqual({ buyer_name: 'later', event_count: 2, stale: false });
  },
);
