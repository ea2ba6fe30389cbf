import type { SpeechModel } from '../models/speech-model.ts';
import type { RawChannel } from '../transcriber.ts';

/** What the parent asks of a recognition process, one thing at a time. */
export type Order =
  | { type: 'load'; model: SpeechModel; vad: string | null }
  | { type: 'transcribe'; path: string; channels: number; copyTo: string | null };

/** What a recording took of the process. */
export type Work = {
  /** Processor time, which does not grow when other work shares the machine. */
  cpuSeconds: number;
  /** The most memory that the process ever held, in MB. */
  peakMb: number;
};

/** What it answers. `alive` comes about once a second of work and shows that it is not stuck. */
export type Report =
  | { type: 'ready' }
  | { type: 'alive' }
  | ({ type: 'heard'; channels: RawChannel[]; copied: boolean; seconds: number } & Work)
  /** The order could not be carried out, for a reason that is no fault of the process. */
  | { type: 'fault'; about: 'model' | 'audio' | 'engine'; message: string };
