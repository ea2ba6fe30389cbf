import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { AudioChunk } from './audio-chunk.ts';
import { AudioError } from './audio-error.ts';
import { decodeWav } from './decode-wav.ts';
import type { Container } from './sniff-audio.ts';
import { readWavHeader } from './wav-header.ts';

const demuxers: Record<Container, string> = {
  wav: 'wav',
  mp3: 'mp3',
  ogg: 'ogg',
  flac: 'flac',
  mp4: 'mov',
  aac: 'aac',
  amr: 'amr',
  webm: 'matroska',
  aiff: 'aiff',
  au: 'au',
  caf: 'caf',
  asf: 'asf',
};

/** Seconds of processor time and KiB of address space; a limit that the system does not know is passed over. */
const limits = 'ulimit -t 300 2>/dev/null; ulimit -v 3000000 2>/dev/null; ulimit -c 0 2>/dev/null; ';
const notFound = 127;

/**
 * Decodes with the ffmpeg on the PATH. It gets a local file, the demuxer that the first bytes call for, no
 * protocol but files, no environment, and bounded processor time and memory: what it reads is hostile.
 * @throws AudioError unsupported (no ffmpeg, or none that knows the codec), corrupt
 */
export async function* decodeFfmpeg(
  path: string,
  container: Container,
  options: { maxSeconds: number; signal?: AbortSignal | undefined },
): AsyncGenerator<AudioChunk, void, undefined> {
  const input = [
    '-protocol_whitelist',
    'file,pipe',
    '-f',
    demuxers[container],
    '-i',
    `file:${resolve(path)}`,
  ];
  // one second more than wanted, for the caller to see that it is too long
  const output = ['-map', '0:a:0', '-vn', '-t', String(options.maxSeconds + 1), '-c:a', 'pcm_s16le'];
  const child = spawn(
    '/bin/sh',
    [
      '-c',
      `${limits}command -v ffmpeg >/dev/null || exit ${notFound}; exec env -i PATH="$PATH" ffmpeg "$@"`,
      'sh',
      ...['-nostdin', '-hide_banner', '-v', 'error', '-threads', '1'],
      ...input,
      ...output,
      ...['-map_metadata', '-1', '-bitexact', '-f', 'wav', 'pipe:1'],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], cwd: '/' },
  );
  let complaints = '';
  child.stderr.on('data', (text) => {
    if (complaints.length < 2_000) complaints += text;
  });
  const ended = new Promise<number | null>((done) => {
    child.on('error', () => done(notFound));
    child.on('close', done);
  });
  const kill = () => child.kill('SIGKILL');
  options.signal?.addEventListener('abort', kill, { once: true });
  let frames = 0;
  try {
    for await (const chunk of decodeWavStream(child.stdout)) {
      frames += chunk.channels[0]?.length ?? 0;
      yield chunk;
    }
    const code = await ended;
    options.signal?.throwIfAborted();
    // what could be decoded of a damaged file counts, as with the other decoders; null: it was killed
    if (code === null || (code !== 0 && frames === 0)) throw explain(code, complaints);
  } finally {
    options.signal?.removeEventListener('abort', kill);
    kill();
  }
}

async function* decodeWavStream(stream: AsyncIterable<Uint8Array>) {
  const source = stream[Symbol.asyncIterator]();
  let head = new Uint8Array();
  while (true) {
    const header = head.length > 12 ? readWavHeader(head) : null;
    if (header) {
      const rest = { [Symbol.asyncIterator]: () => source };
      return yield* decodeWav(header, startWith(head.subarray(header.dataStart), rest));
    }
    const next = await source.next();
    if (next.done) return;
    head = Buffer.concat([head, next.value]);
  }
}

async function* startWith(first: Uint8Array, rest: AsyncIterable<Uint8Array>) {
  yield first;
  yield* rest;
}

function explain(code: number | null, complaints: string): AudioError {
  if (code === notFound) {
    return new AudioError('unsupported', 'This format needs ffmpeg, which is not installed');
  }
  if (
    /Decoder \([^)]*\) not found|Unknown decoder|Unsupported codec|Unknown input format/i.test(complaints)
  ) {
    return new AudioError('unsupported', 'The ffmpeg here has no decoder for this format');
  }
  if (/matches no streams/i.test(complaints)) return new AudioError('corrupt', 'The file has no sound track');
  return new AudioError('corrupt', 'ffmpeg cannot decode the file');
}
