/**
 * `empty` holds less than 0.1 s · `corrupt` claims to be audio and cannot be decoded · `unsupported` no decoder
 * for it here · `too_long` exceeds the caller's limit · `not_audio` is something else.
 */
export type AudioErrorReason = 'empty' | 'corrupt' | 'unsupported' | 'too_long' | 'not_audio';

/** An expected fault of a media file. The message is for people and names no path. */
export class AudioError extends Error {
  readonly reason: AudioErrorReason;

  constructor(reason: AudioErrorReason, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'AudioError';
    this.reason = reason;
  }
}
