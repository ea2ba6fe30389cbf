import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { getCoverage, listUnscoredCalls } from '../../src/report/coverage.ts';
import { listPayableDurations, setPayableDuration } from '../../src/report/payable-durations.ts';
import { listRepeatCallers } from '../../src/report/repeat-callers.ts';
import { getSilentSources } from '../../src/report/silent-sources.ts';
import { getThresholdClustering } from '../../src/report/threshold-clustering.ts';
import { createTestDatabase, databaseForTest, type TestDatabase } from '../support/database.ts';
import { buildCall, buildConnection, insert, qualified } from './build-calls.ts';

const period = { from: '2025-07-01', to: '2025-07-31', limit: 100 };

describe('threshold clustering', () => {
  const clustering = (db: Database, policy: { scorecard: string; seconds: number }[] = []) =>
    getThresholdClustering(db, { ...period, within: 5 }, policy);

  test('counts calls around the payable duration, the most particular one first', async () => {
    const { db } = await databaseForTest();
    const connection = await buildConnection(db);
    await setPayableDuration(db, { connection_id: null, campaign_name: null, seconds: 60 });
    await setPayableDuration(db, { connection_id: connection, campaign_name: null, seconds: 90 });
    await setPayableDuration(db, { connection_id: null, campaign_name: 'Roofs', seconds: 120 });
    const lengths: [publisher: string, campaign: string | undefined, seconds: number][] = [
      ['North', undefined, 84],
      ['North', undefined, 85],
      ['North', undefined, 95],
      ['North', undefined, 96],
      ['North', 'Roofs', 121],
      ['South', 'Roofs', 90],
      ['South', 'Roofs', 60],
      ['South', undefined, 0],
    ];
    for (const [publisher_name, campaign_name, seconds] of lengths) {
      await buildCall(db, connection, {
        publisher_name,
        ...(campaign_name && { campaign_name }),
        connected_call_length: String(seconds),
      });
    }
    expect(await clustering(db)).toMatchObject({
      rows: [
        {
          publisher_name: 'North',
          connected: 5,
          within: 3,
          share: 60,
          just_below: 1,
          payable_seconds: [90, 120],
        },
        { publisher_name: 'South', connected: 2, within: 0, share: 0, just_below: 0, payable_seconds: [120] },
      ],
      total: { connected: 7, within: 3, share: 42.86 },
      unknown: 0,
    });
  });

  test('without a setting it takes the billing rules of the scorecard; calls without either are told', async () => {
    const { db } = await databaseForTest();
    const connection = await buildConnection(db);
    await buildCall(db, connection, { publisher_name: 'A', connected_call_length: '32', outcome: qualified });
    await buildCall(db, connection, { publisher_name: 'A', connected_call_length: '32' });
    const { rows: scorecards } = await sql<{ scorecard: string }>`select scorecard from evaluation`.execute(
      db,
    );
    const report = await clustering(db, [{ scorecard: scorecards[0]!.scorecard, seconds: 30 }]);
    expect(report).toMatchObject({ rows: [{ connected: 1, within: 1 }], unknown: 1 });
  });

  test('a payable duration can be changed and removed', async () => {
    const { db } = await databaseForTest();
    const roofs = { connection_id: null, campaign_name: 'Roofs' };
    await setPayableDuration(db, { ...roofs, seconds: 120 });
    await setPayableDuration(db, { ...roofs, seconds: 90.5 });
    expect(await listPayableDurations(db)).toEqual([{ ...roofs, seconds: 90.5 }]);
    await setPayableDuration(db, { ...roofs, seconds: null });
    expect(await listPayableDurations(db)).toEqual([]);
  });
});

test('repeat callers: only those of several publishers, most calls first, page by page', async () => {
  const { db } = await databaseForTest();
  const connection = await buildConnection(db);
  const sent: [caller: string | undefined, publisher: string | undefined, revenue?: string][] = [
    ['+12125550001', 'North', '10.10'],
    ['+12125550001', 'North'],
    ['+12125550001', 'South', '0.20'],
    ['+12125550002', 'North'],
    ['+12125550002', 'North'],
    ['+12125550003', 'North'],
    ['+12125550003', 'South'],
    ['+12125550004', undefined],
    ['+12125550004', 'South'],
    [undefined, 'North'],
    [undefined, 'South'],
  ];
  for (const [caller_id, publisher_name, revenue] of sent) {
    await buildCall(db, connection, {
      ...(caller_id && { caller_id }),
      ...(publisher_name && { publisher_name }),
      ...(revenue && { revenue }),
    });
  }
  const first = await listRepeatCallers(db, { ...period, limit: 1 });
  expect(first.items).toMatchObject([
    {
      caller_id: '+12125550001',
      calls: 3,
      revenue: '10.30',
      payout: null,
      publishers: [
        { publisher_name: 'North', calls: 2 },
        { publisher_name: 'South', calls: 1 },
      ],
    },
  ]);
  const second = await listRepeatCallers(db, { ...period, limit: 1, cursor: first.next ?? '' });
  expect([second.items.map(({ caller_id }) => caller_id), second.next]).toEqual([['+12125550003'], null]);
});

describe('silent sources', () => {
  let store: TestDatabase;
  let db: Database;
  let connection: string;
  const now = new Date('2025-07-31T18:00:00Z');
  const hour = 3_600_000;

  /** One call an hour from 9 to 17, days counted back from now. */
  async function callsHourly(publisher: string, days: number[]) {
    for (const day of days) {
      for (let h = 1; h <= 9; h++) {
        const at = new Date(now.getTime() - day * 24 * hour - h * hour);
        await buildCall(db, connection, { publisher_name: publisher, first_event_at: at.toISOString() });
      }
    }
  }
  const all = Array.from({ length: 38 }, (_, day) => day);

  beforeAll(async () => {
    store = await createTestDatabase();
    db = store.db;
    connection = await buildConnection(db, { name: 'Main' });
    await callsHourly('Steady', all);
    await callsHourly('Gone since yesterday', all.slice(1));
    await callsHourly('New and busy', [0, 1, 2]);
    await callsHourly('New and gone', [4, 5, 6]);
    await buildCall(db, connection, { publisher_name: 'Once', first_event_at: '2025-07-01T10:00:00Z' });
  });

  afterAll(() => store.drop());

  const names = async (show: 'silent' | 'all') =>
    (await getSilentSources(db, { show }, now)).items
      .filter(({ source }) => source === 'publisher')
      .map(({ label }) => label);

  test('those that miss what the same hours usually bring, and new ones long after their longest gap', async () => {
    expect((await names('silent')).sort()).toEqual(['Gone since yesterday', 'New and gone']);
  });

  test('say what is usual', async () => {
    const { items } = await getSilentSources(db, { show: 'all' }, now);
    expect(items.find(({ label }) => label === 'Gone since yesterday')).toMatchObject({
      silent_seconds: 25 * 3_600,
      usual_gap_seconds: 3_600,
      expected_calls: 9,
      exceeded: true,
    });
    expect(items.find(({ source }) => source === 'connection')).toMatchObject({
      label: 'Main',
      exceeded: false,
    });
  });

  test('a source with too few calls has no rhythm', async () => {
    expect(await names('all')).not.toContain('Once');
  });
});

test('coverage: every call that is not scored has its reason, and the reasons lead to their calls', async () => {
  const { db } = await databaseForTest();
  const connection = await buildConnection(db);
  const at = async (stages: Record<string, unknown>[], connected = '30') => {
    const { id } = await buildCall(db, connection, { connected_call_length: connected });
    for (const stage of stages) await insert(db, 'call_stage', { call_id: id, ...stage });
    return id;
  };
  await buildCall(db, connection, { connected_call_length: '30', outcome: qualified });
  const none = [await at([]), await at([], '0')];
  const gone = await at([
    { stage: 'recording', state: 'failed', error_code: 'recording.not-found', error_detail: 'HTTP 404' },
  ]);
  const parked = await at([
    { stage: 'recording', state: 'done' },
    { stage: 'transcribe', state: 'done' },
    { stage: 'score', state: 'parked', error_code: 'score.no-scorecard', error_detail: 'no vertical' },
  ]);
  await at([{ stage: 'recording', state: 'waiting' }]);
  await buildCall(db, connection, { is_test: true });

  const report = await getCoverage(db, period);
  expect(report).toMatchObject({ calls: 6, scored: 1, connected: 5, connected_scored: 1, coverage: 20 });
  expect(report.reasons.map(({ stage, state, code, calls }) => [stage, state, code, calls])).toEqual([
    [null, null, null, 2],
    ['recording', 'failed', 'recording.not-found', 1],
    ['recording', 'waiting', null, 1],
    ['score', 'parked', 'score.no-scorecard', 1],
  ]);
  expect(report.reasons[1]!.advice).toContain('Aria retries');

  const behind = async (query: object) =>
    (await listUnscoredCalls(db, { ...period, ...query })).items.map(({ call_id }) => call_id);
  expect((await behind({ stage: 'none' })).sort()).toEqual(none.sort());
  expect(await behind({ stage: 'recording', state: 'failed' })).toEqual([gone]);
  expect(await behind({ code: 'score.no-scorecard' })).toEqual([parked]);
  expect(await behind({})).toHaveLength(5);
});
