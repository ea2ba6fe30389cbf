import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Failure } from '../../domain/failure.ts';
import { AudioError } from '../../lib/audio/audio-error.ts';
import type { SpeechModel } from '../models/speech-model.ts';
import type { Order, Report } from './messages.ts';

const program = fileURLToPath(new URL('./child.ts', import.meta.url));
/** A recogniser that gives no sign for so long is stuck. */
const patienceSeconds = 120;
/** The end of what the engine printed, for the failure's cause. */
const keepPrinted = 2000;

/** One recognition process with its model loaded. */
export type RecognitionProcess = {
  /** Listens to one recording. After any other failure than of the audio the process is gone. */
  transcribe: (
    path: string,
    channels: number,
    signal: AbortSignal,
  ) => Promise<Extract<Report, { type: 'heard' }>>;
  alive: () => boolean;
  stop: () => Promise<void>;
};

/**
 * Starts a process and loads a model in it.
 * @throws Failure transcribe.engine-crashed when the model cannot be loaded, or its files bring the process down
 */
export async function startRecognition(model: SpeechModel, vad: string | null): Promise<RecognitionProcess> {
  const child = fork(program, [], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
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
      return await ask(child, message, model.name, () => printed, signal);
    } catch (error) {
      // a file that cannot be decoded is no fault of the process
      if (!(error instanceof AudioError)) await kill();
      throw error;
    }
  };
  await order({ type: 'load', model, vad });
  return {
    transcribe: async (path, channels, signal) => {
      const report = await order({ type: 'transcribe', path, channels }, signal);
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
  model: string,
  printed: () => string,
  signal?: AbortSignal,
): Promise<Report> {
  return new Promise((resolve, reject) => {
    const crash = (detail: string, retry: 'soon' | 'park' = 'soon') =>
      finish(() =>
        reject(new Failure('transcribe.engine-crashed', retry, `${model}: ${detail}`, { cause: printed() })),
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
      crash(`the process ended (${by ?? code})`, order.type === 'load' ? 'park' : 'soon');
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
