import { fork } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { AudioError, type AudioErrorReason } from './audio-error.ts';
import type { AudioMeasures } from './audio-meter.ts';

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

/**
 * Decodes a file in a process of its own and measures it, so that media made to crash a decoder, or to keep it
 * busy, takes down only that process.
 * @throws AudioError, also `corrupt` where the process died or took too long; the signal's reason when aborted
 */
export async function probeAudio(path: string, options: ProbeOptions = {}): Promise<AudioProbe> {
  options.signal?.throwIfAborted();
  await access(path, constants.R_OK);
  const child = fork(childProgram, [path, String(options.maxSeconds ?? 6 * 3600)], {
    execArgv: [`--max-old-space-size=${heapMegabytes}`],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'json',
    // a group of its own, so that ending it ends its ffmpeg too
    detached: true,
  });
  let late = false;
  const end = () => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // it has ended by itself
    }
  };
  const timer = setTimeout(
    () => {
      late = true;
      end();
    },
    (options.timeoutSeconds ?? 300) * 1000,
  );
  options.signal?.addEventListener('abort', end, { once: true });
  let complaints = '';
  child.stderr?.on('data', (text) => {
    if (complaints.length < 4_000) complaints += text;
  });
  try {
    const answer = await new Promise<ProbeAnswer | null>((done, fail) => {
      let heard: ProbeAnswer | null = null;
      child.on('message', (message) => {
        heard = message as ProbeAnswer;
      });
      child.on('error', fail);
      child.on('close', () => done(heard));
    });
    options.signal?.throwIfAborted();
    if (answer && 'probe' in answer) return answer.probe;
    if (answer) throw new AudioError(answer.fault.reason, answer.fault.message);
    const how = late ? 'does not come to an end' : 'fails';
    throw new AudioError('corrupt', `Decoding the file ${how}`, { cause: new Error(complaints) });
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', end);
    end();
  }
}
