import { checkTranscript } from '../check-transcript.ts';
import { hasWordTimes, type SpeechModel } from '../models/speech-model.ts';
import type { Transcribe } from '../transcriber.ts';
import type { Work } from './messages.ts';
import { type RecognitionProcess, startRecognition } from './recognition-process.ts';

export type LocalEngineSettings = {
  model: SpeechModel;
  /** silero_vad.onnx, or null for the gate by loudness. */
  vad: string | null;
  /** Most processes at once; each needs one core and the model's memory. */
  workers: number;
  /** What one process may hold; null: 1024 MB, and 3 times the model. */
  memoryMb?: number | null;
  /** Hears what each recording took; for measuring. */
  onWork?: (work: Work) => void;
  /** A process that has had nothing to do for so long is stopped; 300 unless told. */
  idleSeconds?: number;
};

/** The local engine. `close` ends its processes, and with them the work under way; `retire` waits for that. */
export type LocalEngine = {
  transcribe: Transcribe;
  close: () => Promise<void>;
  retire: () => Promise<void>;
};

const noWordTimes = (model: string) =>
  `${model} gives no word times: they are shared out by the length of the words, and muting is wide.`;

/** Recognition on this machine: a pool of processes that start when needed, stay for the next call, and are replaced when they die. */
export function createLocalEngine(settings: LocalEngineSettings): LocalEngine {
  const { model, vad, workers } = settings;
  const idleSeconds = settings.idleSeconds ?? 300;
  const idle: { process: RecognitionProcess; timer: NodeJS.Timeout }[] = [];
  const running = new Set<RecognitionProcess>();
  const waiting: (() => void)[] = [];
  let busy = 0;
  let onIdle: (() => void) | null = null;

  const acquire = async (): Promise<RecognitionProcess> => {
    for (let kept = idle.pop(); kept; kept = idle.pop()) {
      clearTimeout(kept.timer);
      if (kept.process.alive()) return kept.process;
      running.delete(kept.process);
    }
    const started = await startRecognition(model, vad, settings.memoryMb ?? null);
    running.add(started);
    return started;
  };
  const release = (process: RecognitionProcess) => {
    if (!process.alive()) {
      running.delete(process);
      return;
    }
    const timer = setTimeout(() => {
      idle.splice(
        idle.findIndex((kept) => kept.process === process),
        1,
      );
      running.delete(process);
      void process.stop();
    }, idleSeconds * 1000);
    timer.unref();
    idle.push({ process, timer });
  };

  const transcribe: Transcribe = async (audio, signal) => {
    await takeTurn(signal);
    try {
      const process = await acquire();
      try {
        const { channels, copied, seconds, ...work } = await process.transcribe(audio, signal);
        settings.onWork?.(work);
        const engine = `local:${model.name}`;
        const about = { engine, language: 'en', simulated: false, cost: null };
        const warnings = hasWordTimes(model.kind) ? [] : [noWordTimes(model.name)];
        const raw = { ...about, channels, copied, seconds, warnings };
        return checkTranscript(raw, audio);
      } finally {
        release(process);
      }
    } finally {
      busy--;
      waiting.shift()?.();
      if (busy === 0) onIdle?.();
    }
  };

  /** Waits until a process may work; who gives up leaves the queue. */
  const takeTurn = async (signal: AbortSignal) => {
    signal.throwIfAborted();
    while (busy >= workers) {
      await new Promise<void>((resolve, reject) => {
        const leave = () => {
          waiting.splice(waiting.indexOf(go), 1);
          reject(signal.reason);
        };
        const go = () => {
          signal.removeEventListener('abort', leave);
          resolve();
        };
        signal.addEventListener('abort', leave, { once: true });
        waiting.push(go);
      });
    }
    busy++;
  };

  const close = async () => {
    for (const { timer } of idle.splice(0)) clearTimeout(timer);
    await Promise.all([...running].map((process) => process.stop()));
    running.clear();
  };
  return {
    transcribe,
    close,
    retire: async () => {
      await new Promise<void>((resolve) => {
        onIdle = () => waiting.length === 0 && resolve();
        if (busy === 0) resolve();
      });
      await close();
    },
  };
}
