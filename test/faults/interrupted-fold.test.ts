import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { connectPool } from '../../src/db/database.ts';
import { newId } from '../../src/lib/ids.ts';
import { mergeEvents } from '../../src/normalize/merge.ts';
import type { EventRow } from '../../src/receive/event-store.ts';
import { createIngest } from '../../src/receive/ingest.ts';
import { databaseForTest } from '../support/database.ts';

function eventOf(callInstanceId: string, arrival: number, fields: Record<string, unknown>): EventRow {
  return {
    ...{ id: newId('evt'), newCallId: newId('call'), connectionId: 'con_1', callInstanceId, arrival },
    fingerprint: createHash('sha256').update(`${callInstanceId} ${arrival}`).digest(),
    ...{ status: 'accepted', kind: 'update', rank: 0, isTest: false, method: 'POST', query: '' },
    ...{
      contentType: 'application/json',
      body: Buffer.from('{}'),
      extra: '{}',
      warnings: '[]',
      mappingVersion: null,
    },
    fields: JSON.stringify(fields),
  };
}

test('the database goes away between storing and folding: the sender is told to come back, the next event heals the call', async () => {
  const { url, db } = await databaseForTest();
  const pool = connectPool(url, 2);
  onTestFinished(() => pool.end());
  let isAway = true;
  const ingest = createIngest({
    pool,
    db,
    merge: (events) => {
      if (isAway) throw Object.assign(new Error('terminating connection'), { code: '57P01' });
      return mergeEvents(events);
    },
    onStored: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
  await ingest.submit(eventOf('torn', 200, { buyer_name: 'later' }));
  await expect(ingest.submit(eventOf('torn', 100, { buyer_name: 'earlier' }))).rejects.toThrow('terminating');
  isAway = false;
  await ingest.submit(eventOf('another', 300, {}));
  const call = async () =>
    (await sql`select buyer_name, event_count, stale from call where call_instance_id = 'torn'`.execute(db))
      .rows[0];
  await expect.poll(call).toEqual({ buyer_name: 'later', event_count: 2, stale: false });
});
