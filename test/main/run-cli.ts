import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const cli = join(import.meta.dirname, '../../src/main/cli.ts');

export type CliResult = { code: number; stdout: string; stderr: string };

/** Runs a command of `aria` to its end. @param env in addition to ours, less DATABASE_URL */
export async function runCli(args: string[], env: Record<string, string>): Promise<CliResult> {
  const { DATABASE_URL: _, ...rest } = process.env;
  const child = spawn(process.execPath, [cli, ...args], {
    env: { ...rest, ARIA_LOG_LEVEL: 'error', ...env },
  });
  const result = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => (result.stdout += text));
  child.stderr.on('data', (text) => (result.stderr += text));
  const [code] = await once(child, 'close');
  return { code: code ?? 1, ...result };
}

/** An empty folder, removed when the test ends. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aria-cli-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
