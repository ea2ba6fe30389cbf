import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { CallSummaryBody } from '../../src/contract/calls.ts';

const cli = join(import.meta.dirname, '../../src/main/cli.ts');
const running: ChildProcess[] = [];
const folders: string[] = [];

afterEach(async () => {
  // each stops its PostgreSQL; only then may the folders go
  await Promise.all(
    running.splice(0).map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    }),
  );
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

type Place = { folder: string; port: number };

async function makePlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'aria-kill-'));
  folders.push(folder);
  return { folder, port: await freePort() };
}

function environment({ folder, port }: Place): NodeJS.ProcessEnv {
  const { DATABASE_URL: _, ...rest } = process.env;
  return { ...rest, ARIA_DATA_DIR: folder, ARIA_PORT: String(port), ARIA_LOG_LEVEL: 'error' };
}

function aria(place: Place, args: string[]): ChildProcess & { output: string } {
  const child = spawn(process.execPath, [cli, ...args], { env: environment(place) }) as ChildProcess & {
    output: string;
  };
  child.output = '';
  child.stdout?.on('data', (text) => (child.output += text));
  child.stderr?.on('data', (text) => (child.output += text));
  running.push(child);
  return child;
}

async function startAria(place: Place) {
  const child = aria(place, ['start']);
  for (let waited = 0; ; waited += 100) {
    const ready = await fetch(`http://127.0.0.1:${place.port}/health/ready`).catch(() => null);
    if (ready?.ok) return child;
    if (child.exitCode !== null || waited > 40_000) throw new Error(`Aria did not start: ${child.output}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function run(place: Place, args: string[]): Promise<string> {
  const child = aria(place, args);
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(child.output);
  return child.output;
}

/** Kills Aria and its PostgreSQL without warning, as a power cut would. */
async function killEverything(place: Place, child: ChildProcess) {
  const pidFile = join(place.folder, 'postgres/cluster/postmaster.pid');
  const postmaster = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  child.kill('SIGKILL');
  process.kill(postmaster, 'SIGKILL');
  await once(child, 'exit');
}

test('kill -9 of everything while events are posted: each 2xx is there once after restart', async () => {
  const place = await makePlace();
  const first = await startAria(place);
  const connection = JSON.parse(
    await run(place, ['connection', 'create', '--name', 'kill', '--time-zone', 'America/New_York', '--json']),
  );
  const acknowledged = new Set<string>();
  let posting = true;
  let sent = 0;
  async function sender() {
    while (posting) {
      const call_instance_id = `call-${sent++}`;
      const response = await fetch(connection.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          api_key: connection.api_key,
          connection_id: connection.connection_id,
          call_instance_id,
          duration: '10',
        }),
      }).catch(() => null);
      if (response?.status === 202) acknowledged.add(call_instance_id);
    }
  }
  const senders = Array.from({ length: 8 }, sender);
  await expect.poll(() => acknowledged.size, { timeout: 20_000 }).toBeGreaterThan(200);
  await killEverything(place, first);
  posting = false;
  await Promise.all(senders);

  await startAria(place);
  const { key } = JSON.parse(await run(place, ['key', 'create', '--name', 't', '--json']));
  const stored: CallSummaryBody[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const answer: Response = await fetch(
      `http://127.0.0.1:${place.port}/v1/calls?limit=500${cursor && `&cursor=${cursor}`}`,
      { headers: { authorization: `Bearer ${key}` } },
    );
    const page = (await answer.json()) as { items: CallSummaryBody[]; next: string | null };
    stored.push(...page.items);
    cursor = page.next;
  }
  const ids = stored.map((call) => call.call_instance_id);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...acknowledged].filter((id) => !ids.includes(id))).toEqual([]);
  expect(stored.every((call) => call.event_count === 1)).toBe(true);
}, 120_000);

test('SIGTERM stops everything; the next start needs no owner link twice', async () => {
  const place = await makePlace();
  const child = await startAria(place);
  await expect.poll(() => child.output, { timeout: 5_000 }).toMatch(/\/welcome\?token=/);
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
  expect(existsSync(join(place.folder, 'postgres/cluster/postmaster.pid'))).toBe(false);
}, 60_000);

test('a killed Aria leaves its PostgreSQL running; the next start adopts it', async () => {
  const place = await makePlace();
  const first = await startAria(place);
  first.kill('SIGKILL');
  await once(first, 'exit');
  expect(existsSync(join(place.folder, 'postgres/cluster/postmaster.pid'))).toBe(true);
  await startAria(place);
}, 60_000);

test('a taken data folder and a taken port are told in plain words', async () => {
  const place = await makePlace();
  await startAria(place);
  const sameFolder = aria({ ...place, port: await freePort() }, ['start']);
  await once(sameFolder, 'exit');
  expect(sameFolder.output).toContain('Another Aria is running on the data folder');
  expect(sameFolder.output).not.toContain('    at ');

  const samePort = aria({ ...(await makePlace()), port: place.port }, ['start']);
  await once(samePort, 'exit');
  expect(samePort.output).toContain(`Port ${place.port}`);
  expect(samePort.exitCode).toBe(1);
}, 90_000);

test('a misspelt setting stops the start and names the right ones', async () => {
  const place = await makePlace();
  const child = spawn(process.execPath, [cli, 'start'], { env: { ...environment(place), ARIA_PROT: '1' } });
  let output = '';
  child.stderr.on('data', (text) => (output += text));
  const [code] = await once(child, 'exit');
  expect(code).toBe(1);
  expect(output).toContain('ARIA_PROT is no setting');
});
