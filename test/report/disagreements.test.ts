import { afterAll, beforeAll, expect, test } from 'vitest';
import { listDisagreeingCalls } from '../../src/report/disagreeing-calls.ts';
import { getDisagreements } from '../../src/report/disagreement-report.ts';
import { createTestDatabase, databaseForTest, type TestDatabase } from '../support/database.ts';
import { buildCall, buildConnection, buildEvaluation, qualified, unqualified } from './build-calls.ts';

let store: TestDatabase;
let billed: string;
const period = { from: '2025-07-01', to: '2025-07-31' };

beforeAll(async () => {
  store = await createTestDatabase();
  const { db } = store;
  const connection = await buildConnection(db);
  const north = { publisher_name: 'North', buyer_name: 'Acme' };
  const call = await buildCall(db, connection, { ...north, revenue: '40.00' });
  billed = call.id;
  const evidence = [{ turn: 3, quote: 'I rent the place', speaker: 'caller', start: 12.5, end: 14 }];
  await buildEvaluation(db, call.id, unqualified, [
    { criterion: unqualified.reason, value: 'no', confidence: 0.9, note: null, evidence },
  ]);
  await buildCall(db, connection, { ...north, revenue: '25.00', outcome: qualified });
  await buildCall(db, connection, { ...north, outcome: qualified });
  await buildCall(db, connection, {
    publisher_name: 'South',
    buyer_name: 'Best',
    revenue: '5.00',
    outcome: qualified,
  });
});
afterAll(() => store.drop());

test('counts and money by publisher; who agrees is left out', async () => {
  const report = await getDisagreements(store.db, { ...period, by: 'publisher' });
  expect(report.rows).toMatchObject([
    {
      key: 'North',
      disagreements: 2,
      kinds: {
        billed_not_qualified: { calls: 1, money: '40.00' },
        // Acme pays 32.50 on average
        qualified_not_billed: { calls: 1, money: '32.50' },
      },
    },
  ]);
  expect(report.total.disagreements).toBe(2);
  expect(report.kinds.map(({ estimated }) => estimated)).toEqual([false, true, true, false]);
});

test('by buyer the same money stands', async () => {
  const report = await getDisagreements(store.db, { ...period, by: 'buyer' });
  expect(report.rows.map(({ label }) => label)).toEqual(['Acme']);
  expect(report.rows[0]!.kinds.billed_not_qualified).toEqual({ calls: 1, money: '40.00', known: 1 });
});

test('a total tells of how many of its calls the money is known', async () => {
  const { db } = await databaseForTest();
  const connection = await buildConnection(db);
  const from = (buyer: string) => ({ publisher_name: 'North', buyer_name: buyer, outcome: qualified });
  await buildCall(db, connection, { ...from('Pays'), revenue: '20.00' });
  await buildCall(db, connection, from('Pays'));
  // this buyer never paid: what the call is worth is unknown
  await buildCall(db, connection, from('New'));
  const { rows, total } = await getDisagreements(db, { ...period, by: 'buyer' });
  const stakes = rows.map(({ label, kinds }) => [label, kinds.qualified_not_billed]);
  expect(Object.fromEntries(stakes)).toEqual({
    Pays: { calls: 1, money: '20.00', known: 1 },
    New: { calls: 1, money: null, known: 0 },
  });
  expect(total.kinds.qualified_not_billed).toEqual({ calls: 2, money: '20.00', known: 1 });
});

test('leads to the calls with the words that decided', async () => {
  const { items } = await listDisagreeingCalls(store.db, {
    ...period,
    limit: 10,
    disagreement: 'billed_not_qualified',
  });
  expect(items).toMatchObject([
    {
      call_id: billed,
      revenue: '40.00',
      reason: unqualified.reason,
      disagreements: ['billed_not_qualified'],
      quotes: [{ about: unqualified.reason, quote: 'I rent the place', start: 12.5, turn: 3 }],
    },
  ]);
});

test('all kinds, page by page', async () => {
  const first = await listDisagreeingCalls(store.db, { ...period, limit: 1 });
  const second = await listDisagreeingCalls(store.db, { ...period, limit: 1, cursor: first.next ?? '' });
  expect(new Set([...first.items, ...second.items].map(({ call_id }) => call_id)).size).toBe(2);
  expect(second.next).toBeNull();
});
