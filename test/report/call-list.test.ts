import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listCalls as route } from '../../src/contract/calls.ts';
import { type CallListQuery, listCalls } from '../../src/report/call-list.ts';
import { createTestDatabase, databaseForTest, type TestDatabase } from '../support/database.ts';
import {
  type BuiltCall,
  buildCall,
  buildConnection,
  buildEvent,
  buildTranscript,
  insert,
  qualified,
  unqualified,
} from './build-calls.ts';

const newYork = 'America/New_York';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.drop());

/** A call of a connection of its own, as the list shows it. */
async function listed(given: Partial<BuiltCall>) {
  const call = await buildCall(store.db, await buildConnection(store.db), { is_test: true, ...given });
  const { items } = await listCalls(store.db, { limit: 1, call_instance_id: call.call_instance_id });
  return items[0];
}

describe('filters', () => {
  let connection: string;
  const built = new Map<string, BuiltCall>();

  beforeAll(async () => {
    connection = await buildConnection(store.db);
    const add = async (name: string, given: Partial<BuiltCall>) => {
      built.set(name, await buildCall(store.db, connection, { call_instance_id: name, ...given }));
    };
    await add('first-moment', {
      call_date: '2025-11-02T04:00:00Z',
      publisher_name: 'North',
      vertical: 'solar',
    });
    await add('last-moment', { call_date: '2025-11-03T04:59:59.999Z', buyer_name: 'Acme', converted: true });
    await add('next-day', { call_date: '2025-11-03T05:00:00Z', caller_id: '+18185550143', converted: false });
    await add('day-before', { call_date: '2025-11-02T03:59:59Z', publisher_name: 'North', is_test: true });
    await add('billed', { call_date: '2025-06-01T00:00:00Z', revenue: '20', outcome: unqualified });
    await add('unbilled', { call_date: '2025-06-02T00:00:00Z', outcome: qualified, publisher_sub_id: 's1' });
    await buildTranscript(store.db, built.get('billed')!.id, [
      { speaker: 'caller', text: 'The roof was leaking. I rent the place.' },
    ]);
    await insert(store.db, 'call_stage', {
      call_id: built.get('unbilled')!.id,
      stage: 'score',
      state: 'parked',
    });
  });

  const found = async (query: Partial<CallListQuery>) =>
    (await listCalls(store.db, { limit: 50, connection_id: connection, ...query })).items.map(
      (call) => call.call_instance_id,
    );

  test.each<[Partial<CallListQuery>, string[]]>([
    [{ from: '2025-11-02', to: '2025-11-02', time_zone: newYork }, ['last-moment', 'first-moment']],
    [{ from: '2025-11-03T05:00:00Z' }, ['next-day']],
    [{ from: '2025-11-02', to: '2025-11-03T05:00:00Z', time_zone: newYork }, ['last-moment', 'first-moment']],
    [{ publisher_name: 'North' }, ['first-moment']],
    [{ publisher_name: 'North', vertical: '' }, ['first-moment']],
    [{ publisher_sub_id: 's1' }, ['unbilled']],
    [{ publisher_name: '(none)', from: '2025-11-01' }, ['next-day', 'last-moment']],
    [{ converted: true }, ['last-moment']],
    [{ converted: false }, ['next-day']],
    [{ caller_id: '(818) 555-0143' }, ['next-day']],
    [{ caller_id: '+1 818 555 0143' }, ['next-day']],
    [{ caller_id: '5550143' }, []],
    [{ prospect: 'unqualified', reason: 'homeowner' }, ['billed']],
    [{ disagreement: 'billed_not_qualified' }, ['billed']],
    [{ disagreement: 'any' }, ['unbilled', 'billed']],
    [{ stage_state: 'parked' }, ['unbilled']],
    [{ stage_state: 'score.parked' }, ['unbilled']],
    [{ stage_state: 'recording.parked' }, []],
    [{ phrase: '"roof leaks"' }, []],
    [{ phrase: 'leaking roofs -own' }, ['billed']],
    [{ phrase: 'solar' }, []],
    [{ phrase: `"unclosed ' & | ! <->` }, []],
    [{ call_instance_id: 'day-before' }, ['day-before']],
    [{ call_instance_id: 'day-before', test: 'exclude' }, []],
    [{ publisher_name: 'North', test: 'include' }, ['first-moment', 'day-before']],
    [{ test: 'only' }, ['day-before']],
    [{ connection_id: 'con_other' }, []],
    [{ publisher_name: "'; drop table call; --" }, []],
  ])('%o', async (query, expected) => {
    expect(await found(query)).toEqual(expected);
  });

  test.each([
    ['publisher_name', { publisher_name: 'a\0b' }],
    ['phrase', { phrase: 'a\0b' }],
    ['cursor', { cursor: 'WyJ4Il0' }],
    ['from', { from: 'yesterday' }],
  ])('a wrong %s is refused by name', async (field, query) => {
    await expect(found(query)).rejects.toMatchObject({ name: 'InvalidQuery', field });
  });
});

test('a call carries the contract’s fields with normalised values', async () => {
  const { db } = await databaseForTest();
  const connection = await buildConnection(db, { name: 'Main' });
  const call = await buildCall(db, connection, {
    call_date: '2025-07-07T17:59:05Z',
    client_id: '42',
    connected_call_length: '78.5',
    duration: '90.4',
    revenue: '12.50',
    cost: '-0.08',
    sale_count: '2',
    converted: true,
    outcome: { ...unqualified, flags: ['abusive'] },
  });
  const warning = { field: 'zip_code', code: 'unreadable', message: 'No zip code.' };
  await buildEvent(db, call, { warnings: JSON.stringify([warning]) });
  await buildEvent(db, call, { warnings: JSON.stringify([warning]) });
  await insert(db, 'call_stage', {
    call_id: call.id,
    stage: 'score',
    state: 'done',
    cost: '0.0012',
    seconds: '1.5',
  });
  await insert(db, 'call_stage', {
    call_id: call.id,
    stage: 'recording',
    state: 'failed',
    error_code: 'recording.not-found',
    error_detail: 'HTTP 404',
  });

  const page = await listCalls(db, { limit: 10 });
  expect(route.response.parse(page)).toEqual(page);
  const [item] = page.items;
  expect(item).toMatchObject({
    id: call.id,
    connection_name: 'Main',
    currency: 'USD',
    call_date: '2025-07-07T13:59:05-04:00',
    client_id: 42,
    connected_call_length: 79,
    duration: 90,
    revenue: '12.50',
    cost: '-0.08',
    sale_amount: null,
    publisher_name: null,
    reported: { converted: true, sale_amount: null, sale_count: 2, revenue: '12.50', affiliate_payout: null },
    outcome: {
      prospect: 'unqualified',
      score: 20,
      flags: ['abusive'],
      judge: 'local-rules',
      scorecard_version: '3',
    },
    disagreements: ['billed_not_qualified', 'sale_reported_not_heard'],
    warnings: [warning],
    simulated_transcript: false,
  });
  expect(item?.stages.map((run) => [run.stage, run.state, run.cost])).toEqual([
    ['recording', 'failed', null],
    ['score', 'done', '0.0012'],
  ]);
  expect(item?.stages[0]?.error).toMatchObject({ code: 'recording.not-found', detail: 'HTTP 404' });
  expect(item?.stages[0]?.error?.advice).toContain('Aria retries');
});

test.each([
  ['2025-12-01T15:00:00Z', '2025-12-01T10:00:00-05:00'],
  ['2025-11-02T05:30:00Z', '2025-11-02T01:30:00-04:00'],
  ['2025-11-02T06:30:00Z', '2025-11-02T01:30:00-05:00'],
])('call_date %s carries the offset of its moment', async (call_date, expected) => {
  expect(await listed({ call_date })).toMatchObject({ call_date: expected });
});

test.each([
  ['007', '007'],
  ['9007199254740993', '9007199254740993'],
  ['-3', -3],
  ['1e3', '1e3'],
  ['', ''],
])('client_id %s stays text unless it is a canonical whole number', async (client_id, expected) => {
  expect(await listed({ client_id })).toMatchObject({ client_id: expected });
});

describe('paging', () => {
  test('shows each call once, in order, although calls keep arriving at both ends', async () => {
    const { db } = await databaseForTest();
    const connection = await buildConnection(db);
    // many calls of the same moment, and moments a microsecond apart
    const moments = ['2025-07-07T10:00:00Z', '2025-07-07T10:00:00.000001Z', '2025-07-07T10:00:00.000002Z'];
    const before = new Set<string>();
    for (let i = 0; i < 40; i++) {
      const call = await buildCall(db, connection, { first_event_at: moments[i % 3]! });
      before.add(call.id);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listCalls(db, { limit: 7, cursor });
      seen.push(...page.items.map((call) => call.id));
      cursor = page.next ?? undefined;
      await buildCall(db, connection, { first_event_at: '2025-07-08T10:00:00Z' });
      await buildCall(db, connection, { first_event_at: moments[1]! });
    } while (cursor && seen.length < 200);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((id) => before.has(id))).toHaveLength(before.size);
  });

  test('ends with null, also when the last page is full', async () => {
    const { db } = await databaseForTest();
    const connection = await buildConnection(db);
    for (let i = 0; i < 4; i++) await buildCall(db, connection);
    const first = await listCalls(db, { limit: 2 });
    const second = await listCalls(db, { limit: 2, cursor: first.next ?? '' });
    expect([first.items.length, second.items.length, second.next]).toEqual([2, 2, null]);
    expect(await listCalls(db, { limit: 4 })).toMatchObject({ next: null });
  });
});
