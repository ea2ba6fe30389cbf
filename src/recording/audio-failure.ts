import { Failure } from '../domain/failure.ts';
import type { AudioError } from '../lib/audio/audio-error.ts';

/**
 * What a fault of the audio means for the recording. Platforms answer with an error page, or an empty file,
 * as long as the recording is not ready, so those are asked for again.
 * @param excerpt the beginning of the file where it is text
 */
export function explainAudioFailure(error: AudioError, excerpt: string): Failure {
  const options = { cause: error };
  switch (error.reason) {
    case 'empty':
      return new Failure('recording.empty-audio', 'soon', error.message, options);
    case 'not_audio': {
      const said = excerpt === '' ? '' : `: "${excerpt}"`;
      return new Failure('recording.not-audio', 'soon', `${error.message}${said}`, options);
    }
    case 'corrupt':
      return new Failure('recording.corrupt', 'never', error.message, options);
    case 'unsupported':
      return new Failure('recording.unsupported', 'never', error.message, options);
    case 'too_long':
      return new Failure('recording.too-large', 'never', error.message, options);
  }
}

/** The first words of a text for people: markup out, white space folded, 160 characters. Empty for binary data. */
export function readableExcerpt(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.subarray(0, 2_000)).toString('utf8');
  if (/[\uFFFD\0]/.test(text.slice(0, 400))) return '';
  const words = text.replaceAll(/<(script|style)[\s\S]*?<\/\1>|<[^>]*>/gi, ' ');
  return words.replaceAll(/\s+/g, ' ').trim().slice(0, 160);
}
