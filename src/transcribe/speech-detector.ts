/** Where somebody speaks, in samples from the beginning of the channel. */
export type Speech = { start: number; end: number };

/** Finds speech in a stream. Made once and reused: native objects are freed late. */
export type SpeechDetector = {
  accept: (samples: Float32Array) => Speech[];
  /** What is still open at the end. */
  finish: () => Speech[];
  reset: () => void;
};
