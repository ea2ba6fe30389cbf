import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemCodes } from '../../src/contract/problem-codes.ts';
import { startWorld, type World } from '../support/world.ts';

const src = join(import.meta.dirname, '../../src');

let world: World;
beforeAll(async () => {
  world = await startWorld({ roles: ['serve'] });
});
afterAll(() => world.stop());

/** Codes that the edge gives to problems and refusals, read out of its sources. */
function codesInUse(): Set<string> {
  const files = ['http', 'receive'].flatMap((folder) =>
    readdirSync(join(src, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => readFileSync(join(src, folder, name), 'utf8')),
  );
  return new Set(
    files.flatMap((text) => [
      ...[...text.matchAll(/new Problem\(\s*\d{3},\s*'(\w+)'/g)].map((match) => match[1]!),
      ...[...text.matchAll(/status: 4\d\d,\s*code: '(\w+)'/g)].map((match) => match[1]!),
    ]),
  );
}

test('every code of a problem has its page', () => {
  const codes = [...codesInUse()];
  expect(codes.length).toBeGreaterThan(20);
  expect(codes.filter((code) => !problemCodes[code])).toEqual([]);
});

test('every code that the guide for senders names has its page', () => {
  const guide = readFileSync(join(src, '../docs/webhook.md'), 'utf8');
  const answers = guide.slice(guide.indexOf('## Answers'), guide.indexOf('"Kept" requests'));
  const codes = [...answers.matchAll(/`([a-z]+_[a-z_]+)`/g)].map((match) => match[1]!);
  expect(codes.length).toBeGreaterThan(10);
  expect(codes.filter((code) => !problemCodes[code])).toEqual([]);
});

test('the type of a problem leads to a page that says what it means and what to do', async () => {
  const refused = await fetch(`${world.url}/v1/calls`);
  const { type } = (await refused.json()) as { type: string };
  const page = await fetch(world.url + type);
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  const text = await page.text();
  expect(text).toContain('What to do');
  expect(text).not.toMatch(/<script|style=/);
  expect((await fetch(`${world.url}/problems`)).status).toBe(200);
  for (const unknown of ['nonsense', 'constructor', '__proto__'])
    expect((await fetch(`${world.url}/problems/${unknown}`)).status).toBe(404);
});

test('the list of events refuses what it does not know, by either address', async () => {
  const connection = await world.connect();
  for (const path of ['/v1/events?statuss=accepted', `/v1/events/${connection.connection_id}?foo=1`])
    await expect(world.api(path)).rejects.toThrow(/400.*is not known here/);
  await world.send(connection, { call_instance_id: 'a' });
  const { items } = await world.api<{ items: unknown[] }>(`/v1/events/${connection.connection_id}?limit=5`);
  expect(items).toHaveLength(1);
});
