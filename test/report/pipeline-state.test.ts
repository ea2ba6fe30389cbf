import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { getPipeline as route } from '../../src/contract/reports.ts';
import { getPipelineState } from '../../src/report/pipeline-state.ts';
import { databaseForTest } from '../support/database.ts';
import { buildCall, buildConnection, insert } from './build-calls.ts';

test('calls per stage and state, the oldest that waits, and what holds them up', async () => {
  const { db } = await databaseForTest();
  const connection = await buildConnection(db);
  const stage = async (row: Record<string, unknown>) => {
    const call = await buildCall(db, connection);
    await insert(db, 'call_stage', { call_id: call.id, ...row });
  };
  const recording = { stage: 'recording' };
  await stage({ ...recording, state: 'done' });
  await stage({ ...recording, state: 'waiting', due_at: '2025-07-07T10:00:00Z' });
  await stage({ ...recording, state: 'queued', due_at: '2025-07-07T09:00:00Z' });
  await stage({
    ...recording,
    state: 'retrying',
    due_at: '2025-07-07T08:00:00Z',
    error_code: 'recording.not-found',
  });
  await stage({ ...recording, state: 'failed', error_code: 'recording.not-found' });
  await stage({ ...recording, state: 'done', error_code: 'recording.not-found' });
  await stage({ stage: 'transcribe', state: 'parked', error_code: 'transcribe.no-engine' });

  const body = await getPipelineState(db);
  expect(route.response.parse(body)).toEqual(body);
  const [first, second, third] = body.stages;
  expect(first).toMatchObject({
    stage: 'recording',
    counts: { done: 2, waiting: 1, queued: 1, retrying: 1, failed: 1 },
    estimated: false,
    oldest_waiting_at: '2025-07-07T09:00:00.000Z',
    failures: [{ code: 'recording.not-found', calls: 2 }],
  });
  expect(second?.failures[0]?.advice).toContain('No speech engine');
  expect(third).toEqual({
    stage: 'score',
    counts: {},
    estimated: false,
    oldest_waiting_at: null,
    failures: [],
  });
});

test('in a large store, settled calls are estimated and marked so; those under way are counted', async () => {
  const { db } = await databaseForTest();
  const connection = await buildConnection(db);
  for (let i = 0; i < 30; i++) {
    const call = await buildCall(db, connection);
    const state = i < 25 ? 'done' : 'parked';
    await insert(db, 'call_stage', { call_id: call.id, stage: 'score', state, error_code: 'internal' });
  }
  await sql`analyze call_stage`.execute(db);
  const [, , score] = (await getPipelineState(db, 10)).stages;
  expect(score).toMatchObject({
    estimated: true,
    counts: { parked: 5 },
    failures: [{ code: 'internal', calls: 5 }],
  });
  expect(score?.counts.done).toBeGreaterThanOrEqual(20);
  expect(score?.counts.done).toBeLessThanOrEqual(30);
});
