import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type LocalServer, listen } from './local-server.ts';
import type { Sample } from './sample.ts';
import { isSilent, type Known, knownChannels, recognise } from './sound/recognise.ts';
import { readMonoWav } from './sound/wav.ts';
import { type TimedWord, timedWords } from './sound/words.ts';

/** How Whisper models write down music. */
const musicMark = '♪♪♪';

type Text = { words: TimedWord[]; segments: { start: number; end: number; text: string }[] };

/**
 * A stand-in for a transcription service: speaks OpenAI's protocol, `POST /v1/audio/transcriptions`, and listens to
 * nothing. It finds which sample it was sent and answers with the script from which the voices were made. Whoever
 * uses it must say so (`ARIA_TRANSCRIBE_SIMULATED`). What is no sample is refused, not invented.
 *
 * Protocol: https://platform.openai.com/docs/api-reference/audio/createTranscription
 */
export async function startSimulatedProvider(samples: readonly Sample[]): Promise<LocalServer> {
  const known = knownChannels(samples);
  const server = createServer((request, response) => {
    answer(request, response, known).catch((error: unknown) =>
      refuse(response, 400, error instanceof Error ? error.message : String(error)),
    );
  });
  return listen(server);
}

async function answer(request: IncomingMessage, response: ServerResponse, known: Known[]): Promise<void> {
  const body = await buffer(request);
  if (request.method !== 'POST' || request.url !== '/v1/audio/transcriptions')
    return refuse(response, 404, 'only POST /v1/audio/transcriptions is simulated');
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': request.headers['content-type'] ?? '' },
  }).formData();
  const file = form.get('file');
  if (!(file instanceof Blob)) return refuse(response, 400, 'the form has no file');
  const sound = readMonoWav(Buffer.from(await file.arrayBuffer()));
  const seconds = sound.samples.length / sound.sampleRate;
  const found = isSilent(sound) ? 'silence' : recognise(sound, known);
  if (found === null)
    return refuse(
      response,
      400,
      'the simulated provider knows the sample calls only, and this is none of them',
    );
  const text = found === 'silence' ? { words: [], segments: [] } : cut(found.known, found.offset, seconds);
  send(response, String(form.get('response_format') ?? 'json'), text, seconds);
}

/** What is to be heard on a channel between `from` and `from + seconds`, with times counted from there. */
function cut({ sample, channel }: Known, from: number, seconds: number): Text {
  const spoken = sample.turns.filter((turn) => turn.channel === channel).map(timedWords);
  const played = sample.music
    .filter((music) => music.channel === channel)
    .map(({ start, end }) => [{ word: musicMark, start, end }]);
  const segments = [...spoken, ...played]
    .map((words) =>
      words
        .map(({ word, start, end }) => ({ word, start: round(start - from), end: round(end - from) }))
        .filter(({ start, end }) => (start + end) / 2 >= 0 && (start + end) / 2 < seconds),
    )
    .filter((words) => words.length > 0)
    .sort((a, b) => a[0]!.start - b[0]!.start);
  return {
    words: segments.flat(),
    segments: segments.map((words) => ({
      start: Math.max(0, words[0]!.start),
      end: words.at(-1)!.end,
      text: words.map(({ word }) => word).join(' '),
    })),
  };
}

function send(response: ServerResponse, format: string, { words, segments }: Text, seconds: number): void {
  const text = segments.map((segment) => segment.text).join(' ');
  if (format === 'text') {
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
    return;
  }
  const verbose = {
    task: 'transcribe',
    language: 'english',
    duration: round(seconds),
    segments: segments.map((segment, id) => ({ id, ...segment })),
    words: words.map(({ word, start, end }) => ({ word, start: Math.max(0, start), end })),
  };
  json(response, 200, format === 'verbose_json' ? { text, ...verbose } : { text });
}

function refuse(response: ServerResponse, status: number, message: string): void {
  json(response, status, { error: { message, type: 'invalid_request_error', param: null, code: null } });
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
