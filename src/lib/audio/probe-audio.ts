import { type ChildProcess, spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { AudioError, type AudioErrorReason } from './audio-error.ts';
import type { AudioMeasures } from './audio-meter.ts';
import { recogniseAudio } from './recognise-audio.ts';

/** What a recording is and how it sounds, measured by decoding all of it. */
export type AudioProbe = AudioMeasures & { codec: string; contentType: string };

/** What the process apart says. */
export type ProbeAnswer = { probe: AudioProbe } | { fault: { reason: AudioErrorReason; message: string } };

export type ProbeOptions = {
  signal?: AbortSignal | undefined;
  /** Longer audio is `too_long`; six hours unless told. */
  maxSeconds?: number;
  /** Real time for all of it; five minutes unless told (six hours of MP3 take half a minute). */
  timeoutSeconds?: number;
};

const childProgram = fileURLToPath(new URL('./probe-child.ts', import.meta.url));
/** Samples live outside this heap, in chunks; what grows in it is a fault. */
const heapMegabytes = 192;
/** Where the shell has it: ends a decoder that spins, even when nobody is left to end it. */
const processorSeconds = 600;

/**
 * Decodes a file in a process of its own and measures it, so that media made to crash a decoder, or to keep it
 * busy, takes down only that process.
 * @throws AudioError, also `corrupt` where the process died or took too long; the signal's reason when aborted
 */
export async function probeAudio(path: string, options: ProbeOptions = {}): Promise<AudioProbe> {
  options.signal?.throwIfAborted();
  // an error page, which is common, needs no process apart
  await using file = await open(path);
  await recogniseAudio(file);

  const child = startChild(path, options.maxSeconds ?? 6 * 3600);
  const end = () => killGroup(child);
  const timer = setTimeout(end, (options.timeoutSeconds ?? 300) * 1000);
  options.signal?.addEventListener('abort', end, { once: true });
  try {
    const answer = await hear(child);
    options.signal?.throwIfAborted();
    if (answer && 'probe' in answer) return answer.probe;
    if (answer) throw new AudioError(answer.fault.reason, answer.fault.message);
    throw new AudioError('corrupt', 'Decoding the file fails, or does not come to an end');
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', end);
    end();
  }
}

function startChild(path: string, maxSeconds: number): ChildProcess {
  const node = [process.execPath, `--max-old-space-size=${heapMegabytes}`, childProgram];
  const limits = `ulimit -t ${processorSeconds} 2>/dev/null; ulimit -c 0 2>/dev/null`;
  return spawn('/bin/sh', ['-c', `${limits}; exec "$@"`, 'sh', ...node, path, String(maxSeconds)], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // a group of its own, so that ending it ends its ffmpeg too
    detached: true,
  });
}

/** What the child says before it ends; null where it ends without a word. */
function hear(child: ChildProcess): Promise<ProbeAnswer | null> {
  return new Promise((done, fail) => {
    let answer: ProbeAnswer | null = null;
    child.on('message', (message) => {
      answer = message as ProbeAnswer;
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
