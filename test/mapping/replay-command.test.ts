import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConnectionSecretBody } from '../../src/contract/connections.ts';
import { startWorld, type World } from '../support/world.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

let world: World;
let connection: ConnectionSecretBody;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aria-replay-'));
  world = await startWorld({ roles: ['serve'] });
  connection = await world.connect({ platform: 'generic' });
  await world.send(connection, { call_instance_id: 'a', Umsatz: '40' });
  const path = `/v1/connections/${connection.connection_id}/mapping`;
  await world.api(path, { method: 'PUT', body: { aliases: { Umsatz: 'revenue' } } });
});
afterAll(async () => {
  await world.stop();
  await rm(folder, { recursive: true, force: true });
});

async function aria(...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, ['src/main/cli.ts', ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, DATABASE_URL: world.databaseUrl, ARIA_DATA_DIR: folder },
  });
  return stdout;
}

test('--dry-run prints which calls would change and changes nothing; without it they do', async () => {
  const found = await world.findCall(connection, 'a');
  const said = await aria('replay', '--connection', connection.connection_id, '--dry-run');
  expect(said.split('\n')).toEqual([
    `${found!.id} (a) changed`,
    '  extra.Umsatz: "40" → (none)',
    '  revenue: (none) → "40"',
    expect.stringMatching(
      /^1 event read again: 1 would be read otherwise.* 1 call would change\. Nothing was written\.$/,
    ),
    '',
  ]);
  expect((await world.findCall(connection, 'a'))!.revenue).toBeNull();

  expect(JSON.parse(await aria('replay', '--json'))).toEqual({
    replay_id: expect.stringMatching(/^rpl_/),
    state: 'done',
    events: 1,
    changed: 1,
    recovered: 0,
    calls: 1,
  });
  expect((await world.findCall(connection, 'a'))!.revenue).toBe('40');
});

test('a report by a field of the sender', async () => {
  await world.send(connection, { call_instance_id: 'b', team: 'North' });
  const csv = await aria('report', '--by', 'extra.team', '--format', 'csv');
  expect(csv).toMatch(/^\W*team,/);
  expect(csv).toContain('North,1');
});
