import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CustomFieldBody } from '../../src/contract/custom-fields.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ roles: ['serve'] });
});
afterAll(() => world.stop());

test('fields of the senders’ own are listed as calls have them, and filter and group calls', async () => {
  const [one, two] = [await world.connect(), await world.connect()];
  for (const [id, desk] of ['North', 'North', 'South'].entries())
    await world.send(one, { call_instance_id: String(id), desk, note: '', 'a=b': 'x' });
  await world.send(two, { call_instance_id: '9', lane: '1' });
  await world.send(two, { call_instance_id: '10', lane: '1', secret_try: 'y', aria_test: 'true' });
  const list = async (query = '') =>
    (await world.api<{ items: CustomFieldBody[] }>(`/v1/custom-fields${query}`)).items;
  expect(await list(`?connection_id=${one.connection_id}`)).toEqual([
    { name: 'a=b', calls: 3, examples: ['x'] },
    { name: 'desk', calls: 3, examples: ['North', 'South'] },
  ]);
  expect((await list()).map(({ name }) => name)).toEqual(['a=b', 'desk', 'lane']);
  const found = await world.api<{ items: unknown[] }>('/v1/calls?extra=desk%3DNorth');
  expect(found.items).toHaveLength(2);
  const report = await world.api<{ rows: { key: string | null; values: Record<string, unknown> }[] }>(
    '/v1/reports/breakdown?by=extra.desk&extra=desk%3DSouth',
  );
  expect(report.rows.map((row) => [row.key, row.values.calls])).toEqual([['South', 1]]);
});
