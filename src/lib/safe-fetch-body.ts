import { open, rm } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { pipeline as pipelineDone } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { explainFetchError, SafeFetchError } from './safe-fetch-error.ts';

export type BodyLimits = {
  host: string;
  /** Cap on the bytes handed out, after unpacking. */
  maxBytes: number;
  minimumBytesPerSecond: number;
  /** How long a body may stall, or fall behind the minimum rate in total, in seconds. */
  stallSeconds: number;
};

/**
 * The body under its limits. A server that packs although asked not to is unpacked, and counted unpacked.
 * @param stop ends the connection; the error comes out of the stream
 */
export async function* guardBody(
  body: Readable,
  encoding: string,
  limits: BodyLimits,
  stop: (error: SafeFetchError) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  let bytes = 0;
  try {
    for await (const chunk of pace(unpack(body, encoding, limits.host), limits, stop)) {
      bytes += chunk.length;
      if (bytes > limits.maxBytes) throw tooLarge(limits);
      yield chunk;
    }
  } catch (error) {
    throw explainBodyError(error, limits.host);
  } finally {
    body.destroy();
  }
}

/** The fault of a body above the cap. */
export function tooLarge(limits: Pick<BodyLimits, 'host' | 'maxBytes'>): SafeFetchError {
  const most =
    limits.maxBytes < 1e6 ? `${limits.maxBytes} bytes` : `${Math.round(limits.maxBytes / 2 ** 20)} MB`;
  return new SafeFetchError('too-large', `${limits.host} sends more than ${most}`);
}

/** A leaky bucket of waiting time: it drains while we wait for bytes and fills as they come. */
async function* pace(
  body: Readable,
  { host, minimumBytesPerSecond, stallSeconds }: BodyLimits,
  stop: (error: SafeFetchError) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  let patience = stallSeconds * 1000;
  const chunks = body[Symbol.asyncIterator]();
  try {
    while (true) {
      const asked = performance.now();
      const slow = () =>
        stop(
          new SafeFetchError('too-slow', `${host} sends less than ${minimumBytesPerSecond} bytes a second`),
        );
      const timer = setTimeout(slow, Math.max(0, patience));
      const next = await chunks.next().finally(() => clearTimeout(timer));
      if (next.done) return;
      const earned = (1000 * next.value.length) / minimumBytesPerSecond;
      patience = Math.min(stallSeconds * 1000, patience - (performance.now() - asked) + earned);
      yield next.value;
    }
  } finally {
    await chunks.return?.();
  }
}

function unpack(body: Readable, encoding: string, host: string): Readable {
  const unpacker = createUnpacker(encoding.trim().toLowerCase(), host);
  // the callback form: its errors come out of the returned stream too
  return unpacker ? pipeline(body, unpacker, () => undefined) : body;
}

function createUnpacker(encoding: string, host: string) {
  switch (encoding) {
    case '':
    case 'identity':
      return null;
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      throw new SafeFetchError('bad-encoding', `${host} packs its answer as "${encoding.slice(0, 40)}"`);
  }
}

function explainBodyError(error: unknown, host: string): unknown {
  const code = (error as { code?: unknown } | null)?.code;
  if (code === 'Z_BUF_ERROR') {
    return new SafeFetchError('incomplete', `${host}: the packed answer ended early`, { cause: error });
  }
  if (typeof code === 'string' && /^(Z_|ERR_BROTLI|ERR__ERROR)/.test(code)) {
    return new SafeFetchError('bad-encoding', `${host}: the answer cannot be unpacked`, { cause: error });
  }
  if (typeof code === 'string' && /^(ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE)$/.test(code)) {
    return new SafeFetchError('incomplete', `${host}: the connection broke (${code})`, { cause: error });
  }
  return explainFetchError(error, host);
}

/** Writes a body to a file that does not exist yet; of a body that breaks off nothing stays. @returns its bytes */
export async function saveBody(body: AsyncIterable<Uint8Array>, path: string): Promise<number> {
  const file = await open(path, 'wx', 0o600);
  try {
    const target = file.createWriteStream();
    await pipelineDone(body, target);
    return target.bytesWritten;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

/** All of a body that fits into memory: the caller's cap bounds it. */
export async function collectBody(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The first characters of a body, for people. A body that breaks off gives what there is. */
export async function excerptOf(body: AsyncIterable<Uint8Array>, characters: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= characters * 4) break;
    }
  } catch {
    // the status is what matters; it is known already
  }
  return Buffer.concat(chunks).toString('utf8').slice(0, characters);
}
