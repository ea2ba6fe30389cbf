/** How a model is built, and so how it is loaded. */
export type ModelKind =
  | 'streaming-transducer'
  | 'offline-transducer'
  | 'nemo-transducer'
  | 'whisper'
  | 'moonshine'
  | 'nemo-ctc'
  | 'zipformer-ctc'
  | 'sense-voice';

/** A folder with a model in it, as found by looking at its files. */
export type SpeechModel = {
  /** The folder's name. */
  name: string;
  folder: string;
  kind: ModelKind;
  /** Absolute paths by part: `encoder`, `decoder`, `joiner`, `model`, `tokens` … */
  files: Record<string, string>;
  bytes: number;
};

/**
 * Whether a model of this kind tells when each word was said. Attention decoders write text without saying when; all
 * others know the frame of each piece.
 */
export const hasWordTimes = (kind: ModelKind) => kind !== 'whisper' && kind !== 'moonshine';
