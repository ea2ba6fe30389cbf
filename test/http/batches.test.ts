import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConnectionSecretBody } from '../../src/contract/connections.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
let connection: ConnectionSecretBody;
beforeAll(async () => {
  world = await startWorld({ roles: ['serve'] });
  connection = await world.connect();
});
afterAll(() => world.stop());

type Answer = { items: { status: string | number; type?: string; id?: string; call_id?: string }[] };

async function post(
  body: string,
  headers: Record<string, string>,
): Promise<{ status: number; body: Answer }> {
  const response = await fetch(`${world.url}/v1/events`, { method: 'POST', headers, body });
  return { status: response.status, body: (await response.json()) as Answer };
}

const keyed = (type: string) => ({ 'x-api-key': connection.api_key, 'content-type': type });
const event = (id: string, more: object = {}) => ({
  connection_id: connection.connection_id,
  call_instance_id: id,
  duration: '78',
  ...more,
});

test('row 31: each line of NDJSON has its own answer, its own event and its own call', async () => {
  const own = { api_key: connection.api_key };
  const lines = [
    JSON.stringify(event('line-1', own)),
    `{"api_key":"${connection.api_key}","call_instance_id":"line-2","buyer_name":"Joe "The Man""}`,
    JSON.stringify(event('line-3', own)),
    JSON.stringify(event('line-3', own)),
    JSON.stringify(event('', own)),
  ];
  const { status, body } = await post(lines.join('\n'), { 'content-type': 'application/x-ndjson' });
  expect(status).toBe(202);
  expect(body.items.map((item) => item.status)).toEqual(['accepted', 400, 'accepted', 'duplicate', 422]);
  expect(body.items[1]!.type).toBe('/problems/malformed_json');
  const { rows } = await sql<{ body: string; status: string }>`
    select convert_from(body, 'UTF8') as body, status from event
    where id in (${body.items[0]!.id}, ${body.items[1]!.id}) order by arrival`.execute(world.db);
  expect(rows.map((row) => row.status)).toEqual(['accepted', 'quarantined']);
  expect(rows[0]!.body).not.toContain('line-2');
  expect(rows[1]!.body).toBe(
    '{"api_key":"[api_key]","call_instance_id":"line-2","buyer_name":"Joe "The Man""}',
  );
});

test('row 31: one bad event of an array or envelope is answered apart, and kept', async () => {
  const bad = event('a', { callInstanceId: 'b' });
  for (const [n, body] of [[event('arr-1'), bad, 7], { calls: [event('env-1'), bad, 7] }].entries()) {
    const answer = await post(JSON.stringify(body), keyed('application/json'));
    expect(answer.status, String(n)).toBe(202);
    expect(answer.body.items.map((item) => item.status)).toEqual(['accepted', 400, 422]);
    expect(answer.body.items[1]!.type).toBe('/problems/conflicting_identity');
    expect(answer.body.items[1]!.id).toMatch(/^evt_/);
  }
});

test('row 5: a form with brackets is as many calls', async () => {
  const text = [0, 1]
    .map((n) => `calls[${n}][call_instance_id]=php-${n}&calls[${n}][caller_id]=%2B1212555010${n}`)
    .join('&');
  const id = `connection_id=${connection.connection_id}`;
  const { status, body } = await post(`${id}&${text}`, keyed('application/x-www-form-urlencoded'));
  expect([status, body.items.map((item) => item.status)]).toEqual([202, ['accepted', 'accepted']]);
  expect(await world.findCall(connection, 'php-1')).toMatchObject({ caller_id: '+12125550101' });
});

test('several events without a right key are one refusal, and nothing is kept', async () => {
  const { status } = await post('{"call_instance_id":"x"}\n{"broken":', {
    'content-type': 'application/x-ndjson',
  });
  expect(status).toBe(401);
});
