import type { ChannelLayout } from '../domain/connection.ts';
import type { SoundMark } from '../domain/sound-mark.ts';
import type { Word } from '../domain/transcript.ts';
import type { Voices } from './voices/split-voices.ts';

/** A stored recording. `channels` is how many hold sound of their own; the file may repeat one of them. */
export type Audio = {
  /** A local file; read only. */
  path: string;
  seconds: number;
  channels: number;
  layout: ChannelLayout;
  /** Per channel, where somebody speaks, in seconds: other engines than the local one are sent only that. Null: not known. */
  speech?: readonly (readonly { start: number; end: number }[])[] | null;
  /** A new file, to which an engine that decodes the recording here may write a mu-law copy of it on the way. */
  copyTo?: string;
};

/** Something said without a longer pause, on one channel. Times in seconds from the recording's start. */
export type Segment = {
  start: number;
  end: number;
  text: string;
  /** Empty where the engine gives no word times. */
  words: Word[];
};

export type RawChannel = {
  /** From 0, as in the file. */
  channel: number;
  segments: Segment[];
  /** Seconds with a voice in them, where the engine looked; else null. */
  speechSeconds: number | null;
  /** Where the voice is, where the engine looked for one; in seconds of the recording. */
  speech?: { start: number; end: number }[];
  /** Who of two speaks when, where both are on this channel and the engine listened for it. */
  voices?: Voices | null;
  /** What is heard besides speech, where the engine listened for it. */
  marks?: SoundMark[];
};

/** What an engine heard: not redacted, so it never leaves memory. */
export type RawTranscript = {
  channels: RawChannel[];
  /** BCP 47. */
  language: string;
  /** Provider and model, e.g. `local:zipformer-en-3.3m`. */
  engine: string;
  /** True when the text did not come from listening to the audio. */
  simulated: boolean;
  /** Seconds of work. */
  seconds: number;
  /** USD as decimal text; null where nothing is charged or nothing is known. */
  cost: string | null;
  /** For people, e.g. that the provider gave no word times. */
  warnings: string[];
  /** The copy that was asked for is there, whole. */
  copied?: boolean;
};

/**
 * Listens to a recording. Every adapter passes test/transcribe/transcriber-conformance.ts.
 * @throws Failure transcribe.*; AudioError when the file cannot be decoded; the signal's reason when aborted
 */
export type Transcribe = (audio: Audio, signal: AbortSignal) => Promise<RawTranscript>;
