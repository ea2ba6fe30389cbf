import { Failure } from '../../domain/failure.ts';
import type { SafeFetch } from '../../lib/safe-fetch.ts';
import { checkTranscript } from '../check-transcript.ts';
import { costOf } from '../provider/cost-of.ts';
import { encodeWav } from '../provider/encode-wav.ts';
import { listenInPieces } from '../provider/listen-in-pieces.ts';
import type { Transcribe } from '../transcriber.ts';
import { toSegments } from './answer.ts';
import { transcribeThere } from './client.ts';

export type AssemblyAiSettings = {
  safeFetch: SafeFetch;
  /** Without a path: https://api.assemblyai.com or https://api.eu.assemblyai.com. */
  url: string;
  key: string;
  /** Tried in this order by AssemblyAI itself. */
  models: string[];
  /** USD as decimal text, or null where not known. */
  pricePerMinute: string | null;
  /** Real time for one piece; 900 seconds unless told. */
  totalSeconds?: number;
  /** Between two looks whether it is done; 3 seconds unless told. */
  pollSeconds?: number;
};

const limits = { together: true, longest: 600, maxBytes: 50_000_000 };

/**
 * Recognition by AssemblyAI: upload, ask, look again until it is done; then the copy there is deleted.
 * Source: https://www.assemblyai.com/docs/pre-recorded-audio
 */
export function createAssemblyAiTranscriber(settings: AssemblyAiSettings): Transcribe {
  const { safeFetch, url, key, models } = settings;
  const client = {
    safeFetch,
    url,
    key,
    models,
    totalSeconds: settings.totalSeconds ?? 900,
    pollSeconds: settings.pollSeconds ?? 3,
  };
  return async (audio, signal) => {
    const started = performance.now();
    let language = 'en';
    const { channels, sentSeconds } = await listenInPieces(
      audio,
      limits,
      async (piece) => {
        const count = piece.channels.length;
        const wav = encodeWav(piece.channels, piece.rate);
        const answer = await transcribeThere(client, wav, count > 1, signal);
        const heard = toSegments(answer, piece.start, count);
        if (!heard)
          throw new Failure(
            'transcribe.bad-answer',
            'soon',
            'AssemblyAI heard a channel that it was not sent',
          );
        language = answer.language_code?.replace('_', '-') ?? language;
        return heard;
      },
      signal,
    );
    const raw = {
      channels,
      language,
      simulated: false,
      engine: `assemblyai:${models[0]}`,
      warnings: [],
      seconds: (performance.now() - started) / 1000,
      cost: costOf(sentSeconds, settings.pricePerMinute),
    };
    return checkTranscript(raw, audio);
  };
}
