import { type ChildProcess, spawn } from 'node:child_process';
import { AudioError, type AudioErrorReason } from './audio-error.ts';

/** What a decoding process says before it ends. */
export type DecoderAnswer<T> = { done: T } | { fault: { reason: AudioErrorReason; message: string } };

export type DecoderLimits = {
  signal?: AbortSignal | undefined;
  /** Real time for all of it; five minutes unless told (six hours of MP3 take half a minute). */
  timeoutSeconds?: number | undefined;
};

/** Samples live outside this heap, in chunks; what grows in it is a fault. */
const heapMegabytes = 192;
/** Where the shell has it: ends a decoder that spins, even when nobody is left to end it. */
const processorSeconds = 600;

/**
 * Runs a program that decodes a file in a process of its own, so that media made to crash a decoder, or to keep it
 * busy, takes down only that process. The program answers with one DecoderAnswer over IPC.
 * @throws AudioError, also `corrupt` where the process died or took too long; the signal's reason when aborted
 */
export async function runDecoder<T>(program: string, args: string[], limits: DecoderLimits): Promise<T> {
  limits.signal?.throwIfAborted();
  const child = startChild(program, args);
  const end = () => killGroup(child);
  const timer = setTimeout(end, (limits.timeoutSeconds ?? 300) * 1000);
  limits.signal?.addEventListener('abort', end, { once: true });
  try {
    const answer = await hear<T>(child);
    limits.signal?.throwIfAborted();
    if (answer && 'done' in answer) return answer.done;
    if (answer) throw new AudioError(answer.fault.reason, answer.fault.message);
    throw new AudioError('corrupt', 'Decoding the file fails, or does not come to an end');
  } finally {
    clearTimeout(timer);
    limits.signal?.removeEventListener('abort', end);
    end();
  }
}

/** The child's side: does the work, tells what came of it, and ends; ends as well when whoever asked is gone. */
export async function answerAsDecoder<T>(work: () => Promise<T>): Promise<void> {
  process.on('disconnect', () => process.exit());
  let answer: DecoderAnswer<T>;
  try {
    answer = { done: await work() };
  } catch (error) {
    if (!(error instanceof AudioError)) throw error;
    answer = { fault: { reason: error.reason, message: error.message } };
  }
  process.send?.(answer, () => process.disconnect());
}

function startChild(program: string, args: string[]): ChildProcess {
  const node = [process.execPath, `--max-old-space-size=${heapMegabytes}`, program];
  const limits = `ulimit -t ${processorSeconds} 2>/dev/null; ulimit -c 0 2>/dev/null`;
  return spawn('/bin/sh', ['-c', `${limits}; exec "$@"`, 'sh', ...node, ...args], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // a group of its own, so that ending it ends its ffmpeg too
    detached: true,
  });
}

/** What the child says before it ends; null where it ends without a word. */
function hear<T>(child: ChildProcess): Promise<DecoderAnswer<T> | null> {
  return new Promise((done, fail) => {
    let answer: DecoderAnswer<T> | null = null;
    child.on('message', (message) => {
      answer = message as DecoderAnswer<T>;
    });
    child.on('error', fail);
    child.on('close', () => done(answer));
  });
}

function killGroup(child: ChildProcess) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // it has ended by itself
  }
}
