import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChangeBody } from '../../src/contract/changes.ts';
import type { ConnectionSecretBody } from '../../src/contract/connections.ts';
import type { BreakdownBody } from '../../src/contract/reports.ts';
import { mergeEvents } from '../../src/normalize/merge.ts';
import { foldCalls } from '../../src/receive/fold-calls.ts';
import { startWorld, type World } from '../support/world.ts';
import { buildEvaluation, insert, qualified, unqualified } from './build-calls.ts';

let world: World;
let connection: ConnectionSecretBody;
const day = 'from=2025-07-07&to=2025-07-07&time_zone=UTC';

beforeAll(async () => {
  world = await startWorld({ roles: ['serve'] });
  connection = await world.connect();
});
afterAll(() => world.stop());

const changes = async (query: string) =>
  (await world.api<{ items: ChangeBody[]; next: string | null }>(`/v1/reports/changes?${query}`)).items;
const breakdown = (query: string) =>
  world.api<BreakdownBody>(
    `/v1/reports/breakdown?by=publisher&connection_id=${connection.connection_id}&${day}&${query}`,
  );

async function send(instance: string, fields: Record<string, unknown>): Promise<string> {
  const event = { call_instance_id: instance, call_date: '2025-07-07T12:00:00Z', publisher_name: 'North' };
  const response = await world.send(connection, { ...event, ...fields });
  expect(response.ok).toBe(true);
  const { rows } = await sql<{
    id: string;
  }>`select id from call where call_instance_id = ${instance}`.execute(world.db);
  return rows[0]!.id;
}

test('money that is corrected keeps what it was, with the event; what was unknown before is no change', async () => {
  const id = await send('corrected', { revenue: 30 });
  expect(await changes(`call_id=${id}`)).toEqual([]);
  await send('corrected', { revenue: 30, affiliate_payout: 20 });
  expect(await changes(`call_id=${id}`)).toEqual([]);
  await send('corrected', { revenue: 12.5 });
  await send('corrected', { revenue: 0, affiliate_payout: 5 });
  const found = await changes(`call_id=${id}`);
  expect(found.map(({ field, before, after, difference }) => [field, before, after, difference])).toEqual(
    expect.arrayContaining([
      ['revenue', '30', '12.5', '-17.5'],
      ['revenue', '12.5', '0', '-12.5'],
      ['affiliate_payout', '20', '5', '-15'],
    ]),
  );
  expect(found).toHaveLength(3);
  const events = await world.api<{ items: { id: string }[] }>(`/v1/events?call_id=${id}`);
  for (const { cause } of found) {
    expect(cause.kind).toBe('event');
    expect(events.items.map((event) => event.id)).toContain(cause.event_id);
  }

  const now = await breakdown('as=now');
  const first = await breakdown('as=first');
  expect([now.total.revenue, now.total.payout, now.total.billed]).toEqual(['0.00', '5.00', 0]);
  expect([first.total.revenue, first.total.payout, first.total.billed]).toEqual(['30.00', '20.00', 1]);
  expect([now.as, first.as]).toEqual(['now', 'first']);
});

test('an outcome that is found otherwise names its judge, or the person who said so', async () => {
  const id = await send('judged', { revenue: 40 });
  await buildEvaluation(world.db, id, qualified);
  expect(await changes(`call_id=${id}`)).toEqual([]);
  await buildEvaluation(world.db, id, unqualified);
  const judged = await changes(`call_id=${id}&field=billable`);
  expect(judged).toMatchObject([
    { before: 'yes', after: 'no', cause: { kind: 'judge', by: 'local-rules, home-services 3' } },
  ]);

  await world.db.transaction().execute(async (tx) => {
    await insert(tx, 'review', {
      id: 'rev_1',
      call_id: id,
      field: 'billable',
      value: 'yes',
      judged: 'no',
      reason: 'They booked.',
      reviewed_by: 'ann@example.com',
    });
    await sql`update call set billable = 'yes' where id = ${id}`.execute(tx);
  });
  const reviewed = await changes(`call_id=${id}&field=billable`);
  expect(reviewed[0]).toMatchObject({
    before: 'no',
    after: 'yes',
    cause: { kind: 'person', by: 'ann@example.com' },
  });

  const now = await breakdown('as=now');
  const first = await breakdown('as=first');
  expect([now.total.qualified, first.total.qualified]).toEqual([0, 1]);
  expect(now.total.reviewed).toBe(1);
  expect(now.total.override_rate).toBe(100);
});

test('a replay is told from an event', async () => {
  const id = await send('replayed', { revenue: 9 });
  await sql`update event set fields = fields || '{"revenue": "90"}', received_at = now() - interval '1 day'
    where call_instance_id = 'replayed'`.execute(world.db);
  await foldCalls(world.db, mergeEvents, [id]);
  expect(await changes(`call_id=${id}`)).toMatchObject([
    { field: 'revenue', before: '9', after: '90', cause: { kind: 'replay', event_id: null } },
  ]);
});

test('changes are listed by period and party, page by page', async () => {
  const all = await changes('publisher_name=North&limit=500');
  expect(all.length).toBeGreaterThan(5);
  const paged: ChangeBody[] = [];
  for (let cursor = ''; ; ) {
    const page = await world.api<{ items: ChangeBody[]; next: string | null }>(
      `/v1/reports/changes?publisher_name=North&limit=2${cursor}`,
    );
    paged.push(...page.items);
    if (!page.next) break;
    cursor = `&cursor=${page.next}`;
  }
  expect(paged).toEqual(all);
  expect(await changes('publisher_name=South')).toEqual([]);
  expect(await changes('to=2020-01-01')).toEqual([]);
});
