import { decodeAudio } from '../../lib/audio/decode-audio.ts';
import type { SafeFetch } from '../../lib/safe-fetch.ts';
import { checkTranscript } from '../check-transcript.ts';
import { createEnergyGate } from '../energy-gate.ts';
import type { RawChannel, Transcribe } from '../transcriber.ts';
import { type Detail, toSegments } from './answer.ts';
import { cutAudio, type Piece } from './cut-audio.ts';
import { createUpload } from './upload.ts';

export type OpenAiSettings = {
  safeFetch: SafeFetch;
  /** The server's base address up to and with `/v1`. */
  url: string;
  key: string | null;
  model: string;
  /** True only where the server does not listen (the demo's): its transcripts are marked. */
  simulated: boolean;
  /** Largest upload in bytes; 24 MB unless told (OpenAI takes 25). */
  maxBytes?: number;
  /** Real time for one upload; 600 seconds unless told. */
  totalSeconds?: number;
};

/** Longer pieces would only hold more memory, in seconds. */
const longestPiece = 300;

/**
 * Recognition by any server that speaks OpenAI's protocol. Each channel is sent by itself, as WAV, in pieces that
 * are cut where it is quiet; pieces without a voice are not sent. Nothing is retried here: the pipeline does that.
 */
export function createOpenAiTranscriber(settings: OpenAiSettings): Transcribe {
  const { safeFetch, url, key, model, simulated } = settings;
  const maxBytes = settings.maxBytes ?? 24_000_000;
  const upload = createUpload({ safeFetch, url, key, model, totalSeconds: settings.totalSeconds ?? 600 });
  const host = URL.canParse(url) ? new URL(url).host : url;

  return async (audio, signal) => {
    const started = performance.now();
    const channels: RawChannel[] = [];
    const details = new Set<Detail>();
    let language = 'en';

    const hear = async (channel: RawChannel, piece: Piece) => {
      const speech = findSpeech(piece);
      if (!speech) return;
      const answer = await upload(piece, signal);
      language = toLanguageTag(answer.language) ?? language;
      const { segments, detail } = toSegments(answer, piece.start, speech);
      channel.segments.push(...segments);
      details.add(detail);
    };

    const cutters: ReturnType<typeof cutAudio>[] = [];
    for await (const chunk of decodeAudio(audio.path, { signal })) {
      for (const [index, samples] of chunk.channels.slice(0, audio.channels).entries()) {
        // loudness is no voice: hold music is loud too, and an honest server answers it with nothing
        channels[index] ??= { channel: index, segments: [], speechSeconds: null };
        cutters[index] ??= cutAudio(
          chunk.sampleRate,
          Math.min(longestPiece, maxBytes / (2 * chunk.sampleRate) - 1),
        );
        for (const piece of cutters[index].accept(samples)) await hear(channels[index], piece);
      }
    }
    for (const [index, cutter] of cutters.entries()) {
      for (const piece of cutter.finish()) await hear(channels[index]!, piece);
    }
    const seconds = (performance.now() - started) / 1000;
    const warnings = warningsOf(details);
    return checkTranscript(
      { channels, language, engine: `${host}:${model}`, simulated, seconds, cost: null, warnings },
      audio,
    );
  };
}

/** Where a voice is heard in a piece, in seconds of the recording; null where there is none. */
function findSpeech({ samples, rate, start }: Piece): { start: number; end: number } | null {
  const gate = createEnergyGate(rate, samples.length / rate + 1);
  const found = [...gate.accept(samples), ...gate.finish()];
  const [first, last] = [found[0], found.at(-1)];
  if (!first || !last) return null;
  return { start: start + first.start / rate, end: start + last.end / rate };
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
