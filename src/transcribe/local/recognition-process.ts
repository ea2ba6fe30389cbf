import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Failure } from '../../domain/failure.ts';
import { AudioError } from '../../lib/audio/audio-error.ts';
import type { SpeechModel } from '../models/speech-model.ts';
import type { Audio } from '../transcriber.ts';
import type { Order, Report } from './messages.ts';
import { watchMemory } from './watch-memory.ts';

const program = fileURLToPath(new URL('./child.ts', import.meta.url));
/** A recogniser that gives no sign for so long is stuck. */
const patienceSeconds = 120;
/** The end of what the engine printed, for the failure's cause. */
const keepPrinted = 2000;
/** What a process may hold where nobody says otherwise: small models need under 400 MB, large ones about twice their size. */
const leastMb = 1024;
const perModel = 3;

/** One recognition process with its model loaded. */
export type RecognitionProcess = {
  /** Listens to one recording. After any other failure than of the audio the process is gone. */
  transcribe: (
    audio: Pick<Audio, 'path' | 'channels' | 'copyTo'>,
    signal: AbortSignal,
  ) => Promise<Extract<Report, { type: 'heard' }>>;
  alive: () => boolean;
  stop: () => Promise<void>;
};

/**
 * Starts a process and loads a model in it.
 * @throws Failure transcribe.engine-crashed when the model cannot be loaded, or its files bring the process down
 */
export async function startRecognition(
  model: SpeechModel,
  vad: string | null,
  memoryMb: number | null = null,
): Promise<RecognitionProcess> {
  const child = fork(program, [], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
  });
  let over: string | null = null;
  const limitMb = memoryMb ?? Math.max(leastMb, (perModel * model.bytes) / 1e6);
  const unwatch = watchMemory(child.pid ?? 0, limitMb, (heldMb) => {
    over = `it held ${Math.round(heldMb)} MB of memory, more than the ${Math.round(limitMb)} MB that it may (ARIA_TRANSCRIBE_MEMORY_MB)`;
    child.kill('SIGKILL');
  });
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      unwatch();
      resolve();
    }),
  );
  // what happens between two orders shows in `alive`; without a listener it would end this process
  child.on('error', () => undefined);
  let printed = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    printed = (printed + chunk.toString()).slice(-keepPrinted);
  });
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  const order = async (message: Order, signal?: AbortSignal) => {
    try {
      return await ask(
        child,
        message,
        { model: model.name, printed: () => printed, over: () => over },
        signal,
      );
    } catch (error) {
      // a file that cannot be decoded is no fault of the process
      if (!(error instanceof AudioError)) await kill();
      throw error;
    }
  };
  await order({ type: 'load', model, vad });
  return {
    transcribe: async ({ path, channels, copyTo = null }, signal) => {
      const report = await order({ type: 'transcribe', path, channels, copyTo }, signal);
      if (report.type !== 'heard') throw new Error(`The recogniser answered with ${report.type}`);
      return report;
    },
    alive: () => child.connected && child.exitCode === null && child.signalCode === null,
    stop: kill,
  };
}

/** Sends an order and waits for its answer, the end of the process, silence, or the caller's signal. */
function ask(
  child: ChildProcess,
  order: Order,
  about: { model: string; printed: () => string; over: () => string | null },
  signal?: AbortSignal,
): Promise<Report> {
  return new Promise((resolve, reject) => {
    const crash = (detail: string, retry: 'soon' | 'park' = 'soon') =>
      finish(() =>
        reject(
          new Failure('transcribe.engine-crashed', retry, `${about.model}: ${detail}`, {
            cause: about.printed(),
          }),
        ),
      );
    const onStuck = () => crash(`no sign of life for ${patienceSeconds} s`);
    let timer = setTimeout(onStuck, patienceSeconds * 1000);
    const onMessage = (report: Report) => {
      clearTimeout(timer);
      if (report.type === 'alive') timer = setTimeout(onStuck, patienceSeconds * 1000);
      else if (report.type !== 'fault') finish(() => resolve(report));
      else if (report.about === 'audio') finish(() => reject(new AudioError('corrupt', report.message)));
      else crash(report.message, report.about === 'model' ? 'park' : 'soon');
    };
    // an engine that cannot read its files ends the process, so it will do so again
    const onExit = (code: number | null, by: string | null) =>
      crash(
        about.over() ?? `the process ended (${by ?? code})`,
        order.type === 'load' || about.over() ? 'park' : 'soon',
      );
    const onAbort = () => finish(() => reject(signal?.reason));
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      child.off('message', onMessage);
      child.off('exit', onExit);
      child.off('error', onError);
      signal?.removeEventListener('abort', onAbort);
      settle();
    };
    const onError = (error: Error) => crash(error.message);
    if (signal?.aborted) return onAbort();
    child.on('message', onMessage);
    child.once('exit', onExit);
    child.once('error', onError);
    signal?.addEventListener('abort', onAbort, { once: true });
    child.send(order);
  });
}
