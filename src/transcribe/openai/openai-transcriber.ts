import type { SafeFetch } from '../../lib/safe-fetch.ts';
import { checkTranscript } from '../check-transcript.ts';
import { costOf } from '../provider/cost-of.ts';
import { listenInPieces } from '../provider/listen-in-pieces.ts';
import type { Transcribe } from '../transcriber.ts';
import { type Detail, toSegments } from './answer.ts';
import { createUpload } from './upload.ts';

export type OpenAiSettings = {
  safeFetch: SafeFetch;
  /** The server's base address up to and with `/v1`. */
  url: string;
  key: string | null;
  model: string;
  /** True only where the server does not listen (the demo's): its transcripts are marked. */
  simulated: boolean;
  /** USD as decimal text, or null where not known. */
  pricePerMinute: string | null;
  /** Largest upload in bytes; 24 MB unless told (OpenAI takes 25). */
  maxBytes?: number;
  /** Real time for one upload; 600 seconds unless told. */
  totalSeconds?: number;
};

const longestPiece = 300;

/**
 * Recognition by any server that speaks OpenAI's protocol. It knows no channels, so each is sent by itself, as WAV,
 * in pieces that are cut where it is quiet.
 */
export function createOpenAiTranscriber(settings: OpenAiSettings): Transcribe {
  const { safeFetch, url, key, model, simulated } = settings;
  const limits = { together: false, longest: longestPiece, maxBytes: settings.maxBytes ?? 24_000_000 };
  const upload = createUpload({ safeFetch, url, key, model, totalSeconds: settings.totalSeconds ?? 600 });
  const host = URL.canParse(url) ? new URL(url).host : url;

  return async (audio, signal) => {
    const started = performance.now();
    const details = new Set<Detail>();
    let language = 'en';
    const { channels, sentSeconds } = await listenInPieces(
      audio,
      limits,
      async (piece, [loud]) => {
        const answer = await upload(piece, signal);
        language = toLanguageTag(answer.language) ?? language;
        const whole = { start: piece.start, end: piece.start + piece.channels[0]!.length / piece.rate };
        const { segments, detail } = toSegments(answer, piece.start, loud ?? whole);
        details.add(detail);
        return [segments];
      },
      signal,
    );
    const raw = {
      channels,
      language,
      simulated,
      engine: `${host}:${model}`,
      warnings: warningsOf(details),
      seconds: (performance.now() - started) / 1000,
      cost: costOf(sentSeconds, settings.pricePerMinute),
    };
    return checkTranscript(raw, audio);
  };
}

function warningsOf(details: Set<Detail>): string[] {
  if (details.has('text'))
    return ['The server gave no times: turns are placed by the audio, and muting is wide.'];
  if (details.has('segments'))
    return ['The server gave no word times: muting is placed by the length of the text.'];
  return [];
}

const languageTags: Record<string, string> = {
  english: 'en',
  spanish: 'es',
  french: 'fr',
  german: 'de',
  haitian: 'ht',
};

/** OpenAI answers with English names of languages, others with tags. */
function toLanguageTag(name: string | null | undefined): string | null {
  if (!name) return null;
  return languageTags[name.toLowerCase()] ?? (/^[a-z]{2,3}(-[A-Za-z]+)?$/.test(name) ? name : null);
}
