import { Failure } from '../domain/failure.ts';
import type { AudioError } from '../lib/audio/audio-error.ts';
import { describeAnswer } from './describe-answer.ts';
import { readableWords } from './readable-words.ts';

/**
 * What a fault of the audio means for the recording. Platforms answer with an error page, or an empty file,
 * as long as the recording is not ready, so those are asked for again.
 * @param beginning of the file where it is text
 */
export function explainAudioFailure(error: AudioError, beginning: string): Failure {
  const options = { cause: error };
  switch (error.reason) {
    case 'empty':
      return new Failure('recording.empty-audio', 'soon', error.message, options);
    case 'not_audio': {
      const described = describeAnswer(beginning);
      const what = described === '' ? error.message : `The server sent ${described}`;
      const words = readableWords(beginning);
      const said = words === '' ? '' : `: "${words}"`;
      return new Failure('recording.not-audio', 'soon', `${what}${said}`, options);
    }
    case 'corrupt':
      return new Failure('recording.corrupt', 'never', error.message, options);
    case 'unsupported':
      return new Failure('recording.unsupported', 'never', error.message, options);
    case 'too_long':
      return new Failure('recording.too-large', 'never', error.message, options);
  }
}
