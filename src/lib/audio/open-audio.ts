import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { type AudioChunk, checkChunks, isPlausible } from './audio-chunk.ts';
import { AudioError } from './audio-error.ts';
import { decodeFfmpeg } from './decode-ffmpeg.ts';
import { decodeWav, isDecodableWav, nameWavCodec } from './decode-wav.ts';
import { type MpegHeader, readMpegRun, skipId3 } from './mpeg-header.ts';
import { readAt, recogniseAudio } from './recognise-audio.ts';
import { type Container, sniffBytes } from './sniff-audio.ts';
import { readWavHeader, type WavHeader } from './wav-header.ts';

export type DecodeOptions = {
  signal?: AbortSignal | undefined;
  /** Longer audio is `too_long`; six hours unless told. */
  maxSeconds?: number;
};

/** A file that was recognised. `chunks` can be read once. */
export type OpenedAudio = { codec: string; contentType: string; chunks: AsyncIterable<AudioChunk> };

/** Chunks before the samples of a WAV file may hold a picture, seldom more. */
const longestWavHead = 1024 * 1024;

/**
 * Recognises a file by its bytes and chooses its decoder.
 * @throws AudioError, as does reading the chunks; whatever else is thrown comes from the file system
 */
export async function openAudio(path: string, options: DecodeOptions = {}): Promise<OpenedAudio> {
  const file = await open(path);
  try {
    const { head, container, contentType } = await recogniseAudio(file);
    const maxSeconds = options.maxSeconds ?? 6 * 3600;
    const { codec, chunks } = await choose(file, head, container, path, { ...options, maxSeconds });
    return { codec, contentType, chunks: checkChunks(chunks, maxSeconds) };
  } finally {
    await file.close();
  }
}

type Chosen = { codec: string; chunks: AsyncIterable<AudioChunk> };
type ChooseOptions = { signal?: AbortSignal | undefined; maxSeconds: number };

async function choose(
  file: FileHandle,
  head: Uint8Array,
  container: Container,
  path: string,
  options: ChooseOptions,
): Promise<Chosen> {
  const { signal } = options;
  if (container === 'wav') {
    const header = readWavHeader(head) ?? readWavHeader(await readAt(file, 0, longestWavHead));
    if (!header) throw new AudioError('empty', 'The WAV file ends before its samples begin');
    if (!isPlausible(header)) throw new AudioError('corrupt', 'The WAV file names an impossible format');
    const codec = nameWavCodec(header);
    if (!isDecodableWav(header)) return { codec, chunks: decodeFfmpeg(path, container, options) };
    return { codec, chunks: decodeWav(header, readFile(path, { ...wavRange(header), signal })) };
  }
  if (container === 'mp3') {
    const found = await findMpeg(file, head);
    // without a run of headers, or for the older layers, ffmpeg has the last word
    if (found?.header.layer !== 3) return { codec: 'mp3', chunks: decodeFfmpeg(path, container, options) };
    // loaded when needed: unpacking its WebAssembly takes longer than starting the process
    const { decodeMp3 } = await import('./decode-mp3.ts');
    return {
      codec: 'mp3',
      chunks: decodeMp3(found.header, readFile(path, { start: found.at, signal })),
    };
  }
  return { codec: nameCodec(container, head), chunks: decodeFfmpeg(path, container, options) };
}

/** Opens the file when the first bytes are wanted, so that what is never read is never open. */
async function* readFile(
  path: string,
  options: { start: number; end?: number; signal?: AbortSignal | undefined },
): AsyncGenerator<Uint8Array, void, undefined> {
  yield* createReadStream(path, options);
}

function wavRange({ dataStart, dataBytes }: WavHeader): { start: number; end?: number } {
  return { start: dataStart, ...(dataBytes === null ? {} : { end: dataStart + dataBytes - 1 }) };
}

async function findMpeg(
  file: FileHandle,
  head: Uint8Array,
): Promise<{ header: MpegHeader; at: number } | null> {
  const sound = skipId3(head);
  const bytes = sound === 0 ? head : await readAt(file, sound, sniffBytes);
  for (const run of [2, 1]) {
    for (let at = 0; at < bytes.length - 4; at += 1) {
      const header = bytes[at] === 0xff ? readMpegRun(bytes, at, at === 0 ? run : run + 2) : null;
      if (header) return { header, at: sound + at };
    }
  }
  return null;
}

function nameCodec(container: Container, head: Uint8Array): string {
  if (container === 'mp4') return 'aac';
  if (container !== 'ogg') return container;
  const page = Buffer.from(head.subarray(0, 256)).toString('latin1');
  return page.includes('OpusHead') ? 'opus' : page.includes('\x01vorbis') ? 'vorbis' : 'ogg';
}
