import { Failure } from '../../domain/failure.ts';
import type { SafeFetch } from '../../lib/safe-fetch.ts';
import { SafeFetchError } from '../../lib/safe-fetch-error.ts';
import { checkTranscript } from '../check-transcript.ts';
import { costOf } from '../provider/cost-of.ts';
import { encodeWav } from '../provider/encode-wav.ts';
import { explainRefusal } from '../provider/explain-refusal.ts';
import { type HearPiece, listenInPieces } from '../provider/listen-in-pieces.ts';
import type { Transcribe } from '../transcriber.ts';
import { readAnswer } from './answer.ts';

export type DeepgramSettings = {
  safeFetch: SafeFetch;
  /** Without a path: https://api.deepgram.com, its EU address, or a server of one's own. */
  url: string;
  key: string;
  model: string;
  /** USD as decimal text, or null where not known. */
  pricePerMinute: string | null;
  /** Real time for one upload; 600 seconds unless told. */
  totalSeconds?: number;
};

/** 10 minutes of two channels at 8 kHz are 19 MB; Deepgram itself would take 2 GB, but memory would not. */
const limits = { together: true, longest: 600, maxBytes: 50_000_000 };

/**
 * Recognition by Deepgram's API for recorded audio; two channels go in one file and come back apart.
 * Source: https://developers.deepgram.com/docs/pre-recorded-audio and /docs/multichannel
 */
export function createDeepgramTranscriber(settings: DeepgramSettings): Transcribe {
  const { key, model } = settings;
  const host = URL.canParse(settings.url) ? new URL(settings.url).host : settings.url;

  return async (audio, signal) => {
    const started = performance.now();
    const hear: HearPiece = async (piece) => {
      const query = new URLSearchParams({ model, punctuate: 'true' });
      if (piece.channels.length > 1) query.set('multichannel', 'true');
      const body = await send(`${settings.url.replace(/\/+$/, '')}/v1/listen?${query}`, piece);
      const heard = readAnswer(body, piece.start);
      if (heard?.length === piece.channels.length) return heard;
      throw new Failure('transcribe.bad-answer', 'soon', `${host} sent no transcription of what it was sent`);
    };
    const send = async (url: string, piece: Parameters<HearPiece>[0]) => {
      try {
        const answer = await settings.safeFetch(url, {
          method: 'POST',
          headers: { accept: 'application/json', 'content-type': 'audio/wav', authorization: `Token ${key}` },
          body: encodeWav(piece.channels, piece.rate),
          totalSeconds: settings.totalSeconds ?? 600,
          signal,
        });
        return await answer.text();
      } catch (error) {
        signal.throwIfAborted();
        throw error instanceof SafeFetchError ? explainRefusal(error) : error;
      }
    };
    const { channels, sentSeconds } = await listenInPieces(audio, limits, hear, signal);
    const raw = {
      channels,
      language: 'en',
      simulated: false,
      engine: `deepgram:${model}`,
      warnings: [],
      seconds: (performance.now() - started) / 1000,
      cost: costOf(sentSeconds, settings.pricePerMinute),
    };
    return checkTranscript(raw, audio);
  };
}
