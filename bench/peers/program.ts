import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** How a program of a peer runs; its output goes to the file `log`. */
export type ProgramOptions = { cwd: string; env: Record<string, string>; log: string };

const readySeconds = 90;

/** Runs a program to its end. @throws Error with the end of its log when it fails */
export async function runProgram(file: string, args: string[], options: ProgramOptions): Promise<void> {
  const child = launch(file, args, options);
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${file} ${args[0]} failed (${code}):\n${await tail(options.log)}`);
}

/**
 * Starts a program and waits until `ready` answers true.
 * @returns how to stop it
 * @throws Error with the end of its log when it ends by itself or is not ready in time
 */
export async function startProgram(
  args: string[],
  options: ProgramOptions,
  ready: () => Promise<boolean>,
): Promise<() => Promise<void>> {
  const child = launch(process.execPath, args, options);
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(late);
  };
  for (let tries = 0; tries < readySeconds * 5 && child.exitCode === null; tries++) {
    if (await ready().catch(() => false)) return stop;
    await wait(200);
  }
  await stop();
  throw new Error(`It did not become ready:\n${await tail(options.log)}`);
}

function launch(file: string, args: string[], { cwd, env, log }: ProgramOptions): ChildProcess {
  const output = openSync(log, 'a');
  // the programs of a peer find the same Node as we run on
  const path = [dirname(process.execPath), process.env.PATH].join(delimiter);
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, ...env, PATH: path },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  // a benchmark that is ended early leaves no peer behind
  const end = () => void child.kill();
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  return child;
}

async function tail(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trim().split('\n').slice(-20).join('\n');
}
