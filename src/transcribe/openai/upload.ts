import { Failure } from '../../domain/failure.ts';
import type { SafeFetch } from '../../lib/safe-fetch.ts';
import { SafeFetchError } from '../../lib/safe-fetch-error.ts';
import type { Piece } from '../provider/cut-audio.ts';
import { encodeWav } from '../provider/encode-wav.ts';
import { explainRefusal } from '../provider/explain-refusal.ts';
import { type Answer, readAnswer } from './answer.ts';

export type UploadDeps = {
  safeFetch: SafeFetch;
  /** The server's base address up to and with `/v1`. */
  url: string;
  key: string | null;
  model: string;
  /** Real time for one upload and its answer. */
  totalSeconds: number;
};

/** The richest format first; some servers and models know only the plain one. */
const formats = ['verbose_json', 'json'] as const;

/**
 * Sends pieces of audio to a transcription server, one at a time. A server that refuses the rich format is asked
 * for the plain one from then on.
 */
export function createUpload(deps: UploadDeps) {
  let format = 0;
  return async function upload(piece: Piece, signal: AbortSignal): Promise<Answer> {
    for (;;) {
      try {
        return await send(deps, piece, formats[format]!, signal);
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof SafeFetchError)) throw error;
        const about = `${error.answer?.excerpt ?? ''}`;
        const unknownFormat =
          [400, 415, 422].includes(error.answer?.status ?? 0) && /format|granularit/i.test(about);
        if (!unknownFormat || format === formats.length - 1) throw explainRefusal(error);
        format++;
      }
    }
  };
}

async function send(deps: UploadDeps, piece: Piece, format: string, signal: AbortSignal): Promise<Answer> {
  const form = new FormData();
  form.set('file', new Blob([encodeWav(piece.channels, piece.rate)], { type: 'audio/wav' }), 'audio.wav');
  form.set('model', deps.model);
  form.set('response_format', format);
  form.set('temperature', '0');
  if (format === 'verbose_json') {
    form.append('timestamp_granularities[]', 'word');
    form.append('timestamp_granularities[]', 'segment');
  }
  const answer = await deps.safeFetch(`${deps.url.replace(/\/+$/, '')}/audio/transcriptions`, {
    method: 'POST',
    headers: { accept: 'application/json', ...(deps.key ? { authorization: `Bearer ${deps.key}` } : {}) },
    body: form,
    totalSeconds: deps.totalSeconds,
    signal,
  });
  const read = readAnswer(await answer.text());
  if (read) return read;
  throw new Failure('transcribe.bad-answer', 'soon', `${new URL(deps.url).host} sent no transcription`);
}
