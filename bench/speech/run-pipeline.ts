import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** What `eval:pipeline --json` says. */
export type PipelineCost = {
  audio_seconds: number;
  seconds: number;
  cpu_seconds: number;
  times_engine_alone: number | null;
  steps: Record<string, { seconds: number; cpu_seconds: number; peak_mb: number }>;
};

const run = promisify(execFile);
const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** A two-channel MP3 of so many minutes, of the samples over and over. Wants ffmpeg. */
export async function makeLongCall(minutes: number, target: string): Promise<void> {
  await run(process.execPath, [script('long-call.ts'), '--minutes', String(minutes), '--out', target]);
}

/** Measures a recording from file to redacted turns and muted copy, on the first core alone where that is asked for. */
export async function runPipeline(args: string[], onOneCore: boolean): Promise<PipelineCost> {
  const command = [process.execPath, script('../eval-pipeline.ts'), '--json', ...args];
  const [program = '', ...rest] = onOneCore ? ['taskset', '-c', '0', ...command] : command;
  const { stdout } = await run(program, rest);
  return JSON.parse(stdout) as PipelineCost;
}
