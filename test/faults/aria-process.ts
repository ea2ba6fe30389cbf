import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const cli = join(import.meta.dirname, '../../src/main/cli.ts');
const startSeconds = 60;

/** Where an Aria lives: its data folder, its port, and further settings for its environment. */
export type Place = { folder: string; port: number; env?: Record<string, string> };

/** The real server as a process of its own. */
export type AriaProcess = {
  pid: number;
  url: string;
  /** All that it printed: bounded, since a fault may repeat itself. */
  output: () => string;
  isRunning: () => boolean;
  /** Resident memory in MB; null where the system has no /proc. */
  rssMb: () => number | null;
  kill: (signal: NodeJS.Signals) => Promise<void>;
};

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

function environment({ folder, port, env }: Place): NodeJS.ProcessEnv {
  const { DATABASE_URL: _, ...rest } = process.env;
  return { ...rest, ARIA_DATA_DIR: folder, ARIA_PORT: String(port), ARIA_LOG_LEVEL: 'warn', ...env };
}

/** Starts `aria start` and waits until it is ready. @throws Error with its output when it does not become ready */
export async function startAria(place: Place): Promise<AriaProcess> {
  const child = spawn(process.execPath, [cli, 'start'], { env: environment(place) });
  let output = '';
  const collect = (text: Buffer) => {
    output = (output + text).slice(-20_000);
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const aria: AriaProcess = {
    pid: child.pid ?? 0,
    url: `http://127.0.0.1:${place.port}`,
    output: () => output,
    isRunning: () => isRunning(child),
    rssMb: () => rssMb(child.pid ?? 0),
    async kill(signal) {
      if (!isRunning(child)) return;
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    },
  };
  const deadline = Date.now() + startSeconds * 1000;
  while (!(await isReady(aria.url))) {
    if (!aria.isRunning()) throw new Error(`Aria ended while starting: ${output}`);
    if (Date.now() > deadline) {
      await aria.kill('SIGKILL');
      throw new Error(`Aria was not ready after ${startSeconds} s: ${output}`);
    }
    await sleep(100);
  }
  return aria;
}

export async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
  await answer?.arrayBuffer().catch(() => undefined);
  return answer?.ok ?? false;
}

/** Runs a command beside the server and reads its JSON. */
export async function askAria<T>(place: Place, args: string[]): Promise<T> {
  const done = await promisify(execFile)(process.execPath, [cli, ...args, '--json'], {
    env: environment(place),
  });
  return JSON.parse(done.stdout) as T;
}

/** The keys of a new connection of each platform. */
export async function createConnections(place: Place, platforms: string[]) {
  const { key } = await askAria<{ key: string }>(place, [
    'key',
    'create',
    '--name',
    'test',
    '--scopes',
    'read,write',
  ]);
  return Promise.all(
    platforms.map(async (platform) => {
      const answer = await fetch(`http://127.0.0.1:${place.port}/v1/connections`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: `test ${platform}`, platform, time_zone: 'America/New_York' }),
      });
      if (!answer.ok) throw new Error(`No connection was made: ${await answer.text()}`);
      const made = (await answer.json()) as { connection_id: string; api_key: string };
      return { connectionId: made.connection_id, apiKey: made.api_key };
    }),
  );
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

function rssMb(pid: number): number | null {
  try {
    const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return line ? Math.round(Number(line[1]) / 1024) : null;
  } catch {
    return null;
  }
}
