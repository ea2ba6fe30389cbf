import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DemoFault } from './demo-fault.ts';
import { request } from './http.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = 'src/main/cli.ts';
const startSeconds = 60;

/** A running Aria: its process, and its command line beside it. */
export type Aria = {
  url: string;
  pid: number;
  /** Prints to our own output. */
  show: (...command: string[]) => Promise<void>;
  /** Runs a command with `--json` and reads its answer. */
  ask: <T>(...command: string[]) => Promise<T>;
  /** Rejects when the process ends though nobody asked it to. */
  died: Promise<never>;
  stop: () => Promise<void>;
};

/**
 * Starts Aria as `npm start` does, in the environment `env`, and waits until it is ready.
 * @throws DemoFault with the end of the log when it does not become ready; the signal's reason when aborted
 */
export async function startAria(
  { env, port, log }: { env: NodeJS.ProcessEnv; port: number; log: string },
  signal: AbortSignal,
): Promise<Aria> {
  const url = `http://127.0.0.1:${port}`;
  const output = openSync(log, 'a');
  // A process group of its own: Ctrl-C reaches us alone, and Aria is then asked to stop once.
  const child = spawn(process.execPath, [cli, 'start'], {
    cwd: root,
    env,
    detached: true,
    stdio: ['ignore', output, output],
  });
  let stopping = false;
  const died = once(child, 'exit').then(async ([code, signal]) => {
    if (stopping) return new Promise<never>(() => undefined);
    throw new DemoFault(`Aria ended by itself (${code ?? signal}). The end of ${log}:\n${await tail(log)}`);
  });
  // Whoever waits for something races with this; between two waits nobody listens.
  died.catch(() => undefined);
  const stop = async () => {
    stopping = true;
    await stopChild(child);
  };
  const run = async (command: string[]) =>
    (await promisify(execFile)(process.execPath, [cli, ...command], { cwd: root, env })).stdout;

  try {
    await Promise.race([untilReady(url, log, signal), died]);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url,
    pid: child.pid ?? 0,
    show: async (...command) => void process.stdout.write(await run(command)),
    ask: async (...command) => JSON.parse(await run([...command, '--json'])),
    died,
    stop,
  };
}

async function untilReady(url: string, log: string, signal: AbortSignal): Promise<void> {
  for (let tries = 0; tries < startSeconds * 5; tries++) {
    const answer = await request(`${url}/health/ready`).catch(() => null);
    if (answer?.status === 200) return;
    await wait(200, undefined, { signal });
  }
  throw new DemoFault(`Aria was not ready after ${startSeconds} s. The end of ${log}:\n${await tail(log)}`);
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

async function tail(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trim().split('\n').slice(-12).join('\n');
}
